// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.InclusionProof;
import dev.assent.note.Note;
import dev.assent.note.TlogProof;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Text;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Writes the lines of an export under one checkpoint: what {@link ProofBundle#json} and {@link
 * Tombstone#json} give, in canonical form and with a line end.
 *
 * <p>They are put together from canonical pieces, most of which are stored as such: the artefact
 * makes the greater part of a bundle, and thousands of lines have the same.
 */
public final class ExportLines {
    private final Note checkpoint;
    private final String vkey;
    private String consistency;

    /**
     * @param checkpoint signed; all proofs that follow are under it
     * @param vkey of the log's key that signed it
     */
    public ExportLines(Note checkpoint, String vkey) {
        this.checkpoint = checkpoint;
        this.vkey = CanonicalJson.writeText(new Text(vkey));
        this.consistency = "";
    }

    /** Lets the next line, and no other, prove that the log grew from a checkpoint kept earlier. */
    public void prove(ConsistencyProof proof) {
        List<JsonValue> path =
                proof.path().stream().<JsonValue>map(hash -> new Text(hash.base64())).toList();
        JsonObject json =
                JsonObject.builder()
                        .put("first", proof.first())
                        .put("path", new Array(path))
                        .build();
        consistency = "\"consistency\":" + CanonicalJson.writeText(json) + ',';
    }

    /** How the bundles of one artefact begin. */
    public static final class Artefact {
        private final byte[] start;

        private Artefact(byte[] start) {
            this.start = start;
        }
    }

    /**
     * An artefact for {@link #bundle}.
     *
     * @param document canonical, as stored
     * @param inclusion of its entry
     */
    public Artefact artefact(byte[] document, InclusionProof inclusion) {
        return new Artefact(
                join("{\"artefact\":{\"document\":", document, proof(inclusion) + "},"));
    }

    /**
     * A record's line, a proof bundle.
     *
     * @param salt 32 bytes
     * @param record canonical, as stored
     * @param inclusion of its entry
     */
    public byte[] bundle(Artefact artefact, byte[] salt, byte[] record, InclusionProof inclusion) {
        String receipt = Receipt.of(salt, record, inclusion, checkpoint).format();
        String middle =
                takeConsistency()
                        + "\"receipt\":"
                        + CanonicalJson.writeText(new Text(receipt))
                        + ",\"record\":";
        String end = ",\"type\":\"" + ProofBundle.TYPE + "\",\"vkey\":" + vkey + "}\n";
        return join(artefact.start, middle, record, end);
    }

    /**
     * An erased record's line, a tombstone.
     *
     * @param site the site's public key
     * @param seq the record's number there
     * @param index of the record's entry
     * @param statement of its erasure, canonical, as stored
     * @param inclusion of the statement's entry
     */
    public byte[] tombstone(
            String site, long seq, long index, byte[] statement, InclusionProof inclusion) {
        JsonObject rest =
                JsonObject.builder()
                        .put("type", Tombstone.TYPE)
                        .put("site", site)
                        .put("seq", seq)
                        .put("index", index)
                        .build();
        String start = "{" + takeConsistency() + "\"erasure\":{\"document\":";
        String members = CanonicalJson.writeText(rest);
        String end = members.substring(1, members.length() - 1) + ",\"vkey\":" + vkey + "}\n";
        return join(start, statement, proof(inclusion) + "}," + end);
    }

    /** What follows the document that is proven. */
    private String proof(InclusionProof inclusion) {
        String proof = TlogProof.of(inclusion, checkpoint).format();
        return ",\"proof\":" + CanonicalJson.writeText(new Text(proof));
    }

    private String takeConsistency() {
        String taken = consistency;
        consistency = "";
        return taken;
    }

    /** Texts and bytes that are UTF-8, one after the other. */
    private static byte[] join(Object... pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(4096);
        for (Object piece : pieces) {
            joined.writeBytes(
                    piece instanceof byte[] bytes ? bytes : ((String) piece).getBytes(UTF_8));
        }
        return joined.toByteArray();
    }
}
