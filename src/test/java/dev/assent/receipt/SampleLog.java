// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import dev.assent.merkle.Prover;
import dev.assent.merkle.TestTree;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import dev.assent.note.TlogProof;
import dev.assent.receipt.ProofBundle.Consistency;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log in memory with a policy, and consent records and erasures under it. */
final class SampleLog {
    static final String SKEY =
            "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH.plusSeconds(9));

    final NoteSigner key;
    private final List<Hash> leaves = new ArrayList<>();
    private final NoteSigner[] witnesses;

    SampleLog(NoteSigner... witnesses) throws NoteException {
        this.key = NoteSigner.parse(SKEY);
        this.witnesses = witnesses;
    }

    static NoteSigner witness(String name) {
        try {
            return NoteSigner.cosigner(
                    NoteSigner.newKey(name, SignatureType.COSIGNATURE_V1, new SecureRandom()),
                    CLOCK);
        } catch (NoteException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static JsonObject artefact() {
        return json(
                """
                {"v":1,"site":"k7Q2mZ0pRb","version":12,"lifetime":"P6M",
                 "purposes":[{"id":"session","required":true},{"id":"theme","required":false},{"id":"analytics"}],
                 "texts":{"en":{"title":"Cookies"},"fr":{"title":"T\u00e9moins"}}}
                """);
    }

    static JsonObject record(long seq) {
        return record(seq, artefact());
    }

    static JsonObject record(long seq, JsonObject artefact) {
        String sha256 = Hash.of(CanonicalJson.write(artefact)).hex();
        return json(
                """
                {"v":1,"id":"0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11","site":"k7Q2mZ0pRb","seq":%d,
                 "action":"save","source":"banner",
                 "choices":{"analytics":false,"session":true,"theme":true},
                 "policy":{"version":12,"sha256":"%s"},"language":"fr",
                 "recordedAt":"2026-08-31T10:00:03.480Z","expiresAt":"2027-02-28T10:00:03.480Z"}
                """
                        .formatted(seq, sha256));
    }

    static JsonObject json(String text) {
        try {
            return CanonicalJson.parseObject(text.getBytes(UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** {@code object} with one member put in, in place of what was there. */
    static JsonObject with(JsonObject object, String key, JsonValue value) {
        return copyWithout(object, key).put(key, value).build();
    }

    static JsonObject without(JsonObject object, String key) {
        return copyWithout(object, key).build();
    }

    private static JsonObject.Builder copyWithout(JsonObject object, String key) {
        JsonObject.Builder copy = JsonObject.builder();
        for (String other : object.keys()) {
            if (!other.equals(key)) {
                copy.put(other, object.find(other).orElseThrow());
            }
        }
        return copy;
    }

    int size() {
        return leaves.size();
    }

    int add(Entry.Type type, JsonObject document) {
        return add(new Entry(type, Hash.of(CanonicalJson.write(document))));
    }

    int addRecord(JsonObject record) {
        Hash commitment = LeafEncoding.commitment(salt(), CanonicalJson.write(record));
        return add(new Entry(Entry.Type.CONSENT_RECORD, commitment));
    }

    static byte[] salt() {
        return new byte[LeafEncoding.SALT_LENGTH];
    }

    Note checkpoint(int size) {
        Hash root = new TestTree(leaves).root(size);
        Note note = Note.sign(new Checkpoint(key.verifier().name(), size, root).text(), key);
        for (NoteSigner witness : witnesses) {
            note = note.with(witness.sign(note.text()));
        }
        return note;
    }

    TlogProof proof(int index, int size) {
        return TlogProof.of(prover().inclusion(index, size), checkpoint(size));
    }

    Receipt receipt(JsonObject record, int index, int size) {
        return Receipt.of(
                salt(),
                CanonicalJson.write(record),
                prover().inclusion(index, size),
                checkpoint(size));
    }

    LoggedDocument logged(JsonObject document, int index) {
        return new LoggedDocument(document, proof(index, size()).format());
    }

    ProofBundle bundle(JsonObject record, int index, JsonObject artefact, int artefactIndex) {
        return new ProofBundle(
                record,
                receipt(record, index, size()).format(),
                logged(artefact, artefactIndex),
                key.verifier().vkey(),
                Optional.empty());
    }

    ProofBundle since(int first, ProofBundle bundle) {
        List<Hash> path = prover().consistency(first, size()).path();
        return new ProofBundle(
                bundle.record(),
                bundle.receipt(),
                bundle.artefact(),
                bundle.vkey(),
                Optional.of(new Consistency(first, path)));
    }

    private Prover prover() {
        return new Prover(new TestTree(leaves));
    }

    private int add(Entry entry) {
        leaves.add(entry.leafHash());
        return leaves.size() - 1;
    }
}
