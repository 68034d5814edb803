// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import dev.assent.merkle.HashReader;
import dev.assent.merkle.Node;
import dev.assent.merkle.Prover;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.TlogProof;
import dev.assent.receipt.JsonValue.Text;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes an export to measure with: {@code LargeExport FILE LINES KIB}, KIB being the size of the
 * artefact that each line repeats. Every tenth record is erased, all by one statement.
 */
final class LargeExport {
    private static final int ERASED = 10;

    private final NoteSigner key = NoteSigner.parse(SampleLog.SKEY);
    private final JsonObject artefact;
    private final List<List<Hash>> levels = new ArrayList<>();
    private final Prover prover = new Prover(new Levels(levels));
    private final int records;
    private final JsonObject statement;
    private final Note checkpoint;

    private LargeExport(int records, int kib) throws NoteException {
        this.records = records;
        this.artefact = artefact(kib);
        this.statement = statement(records);
        List<Hash> leaves = new ArrayList<>();
        leaves.add(leaf(Entry.Type.ARTEFACT, artefact));
        for (int seq = 1; seq <= records; seq++) {
            byte[] record = CanonicalJson.write(SampleLog.record(seq, artefact));
            Hash commitment = LeafEncoding.commitment(SampleLog.salt(), record);
            leaves.add(new Entry(Entry.Type.CONSENT_RECORD, commitment).leafHash());
        }
        leaves.add(leaf(Entry.Type.ERASURE, statement));
        grow(leaves);
        String origin = key.verifier().name();
        Hash root = prover.root(leaves.size());
        this.checkpoint = Note.sign(new Checkpoint(origin, leaves.size(), root).text(), key);
    }

    public static void main(String... arguments) throws IOException, NoteException {
        int records = Integer.parseInt(arguments[1]);
        var export = new LargeExport(records, Integer.parseInt(arguments[2]));
        try (var out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            export.write(out);
        }
    }

    private void write(OutputStream out) throws IOException {
        LoggedDocument agreed = new LoggedDocument(artefact, proof(0).format());
        LoggedDocument erasure = new LoggedDocument(statement, proof(records + 1).format());
        String vkey = key.verifier().vkey();
        for (int seq = 1; seq <= records; seq++) {
            JsonObject line =
                    seq % ERASED == 0
                            ? new Tombstone("k7Q2mZ0pRb", seq, seq, erasure, vkey, Optional.empty())
                                    .json()
                            : bundle(seq, agreed, vkey).json();
            out.write(CanonicalJson.write(line));
            out.write('\n');
        }
    }

    private ProofBundle bundle(int seq, LoggedDocument agreed, String vkey) {
        JsonObject record = SampleLog.record(seq, artefact);
        byte[] bytes = CanonicalJson.write(record);
        var inclusion = prover.inclusion(seq, records + 2L);
        Receipt receipt = Receipt.of(SampleLog.salt(), bytes, inclusion, checkpoint);
        return new ProofBundle(record, receipt.format(), agreed, vkey, Optional.empty());
    }

    private TlogProof proof(int index) {
        return TlogProof.of(prover.inclusion(index, records + 2L), checkpoint);
    }

    private void grow(List<Hash> leaves) {
        for (List<Hash> level = leaves; !level.isEmpty(); level = above(level)) {
            levels.add(level);
        }
    }

    private static List<Hash> above(List<Hash> level) {
        List<Hash> above = new ArrayList<>();
        for (int i = 0; i + 1 < level.size(); i += 2) {
            above.add(Hash.ofNode(level.get(i), level.get(i + 1)));
        }
        return above;
    }

    private static Hash leaf(Entry.Type type, JsonObject document) {
        return new Entry(type, Hash.of(CanonicalJson.write(document))).leafHash();
    }

    private static JsonObject statement(int records) {
        return SampleLog.json(
                """
                {"v":1,"site":"k7Q2mZ0pRb","first":1,"last":%d,"reason":"retention","at":"2026-12-01T00:00:00.000Z"}
                """
                        .formatted(records));
    }

    /** The sample's artefact with as much text as makes it that large. */
    private static JsonObject artefact(int kib) {
        JsonObject small = SampleLog.artefact();
        var texts = JsonObject.builder();
        small.find("texts").map(JsonObject.class::cast).orElseThrow().members().forEach(texts::put);
        String line = "Nous d\u00e9posons des t\u00e9moins, si vous le voulez bien. ";
        int length = line.getBytes(UTF_8).length + "\"text0000\":\"\",".length();
        var more = JsonObject.builder();
        for (int i = 0; i < kib * 1024 / length; i++) {
            more.put("text%04d".formatted(i), new Text(line));
        }
        return SampleLog.with(small, "texts", texts.put("de", more.build()).build());
    }

    private record Levels(List<List<Hash>> hashes) implements HashReader {
        @Override
        public List<Hash> read(List<Node> nodes) {
            return nodes.stream()
                    .map(node -> hashes.get(node.level()).get((int) node.index()))
                    .toList();
        }
    }
}
