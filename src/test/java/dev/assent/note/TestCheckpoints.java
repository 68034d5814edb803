// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Prover;
import dev.assent.merkle.TestTree;
import java.security.SecureRandom;
import java.util.stream.IntStream;

/** A log that signs checkpoints of any size up to 100, and of another history too. */
public final class TestCheckpoints {
    private static final int LEAVES = 100;

    private final TestTree tree;
    private final NoteSigner signer;

    private TestCheckpoints(TestTree tree, NoteSigner signer) {
        this.tree = tree;
        this.signer = signer;
    }

    public static TestCheckpoints of(String origin) throws NoteException {
        return new TestCheckpoints(TestTree.ofSize(LEAVES), newSigner(origin));
    }

    private static NoteSigner newSigner(String origin) throws NoteException {
        return NoteSigner.parse(
                NoteSigner.newKey(origin, SignatureType.ED25519, new SecureRandom()));
    }

    /** The same log with the same key, but all entries from {@code from} on are others. */
    public TestCheckpoints forkedAt(int from) {
        return new TestCheckpoints(
                TestTree.ofEntries(
                        IntStream.range(0, LEAVES).mapToObj(i -> i < from ? "" + i : "other")),
                signer);
    }

    /** The same log with another key. */
    public TestCheckpoints withNewKey() throws NoteException {
        return new TestCheckpoints(tree, newSigner(signer.verifier().name()));
    }

    public NoteVerifier key() {
        return signer.verifier();
    }

    public Note note(int size) {
        return sign(new Checkpoint(key().name(), size, tree.root(size)).text());
    }

    public Note sign(String text) {
        return Note.sign(text, signer);
    }

    public ConsistencyProof proof(long from, long to) {
        return new Prover(tree).consistency(from, to);
    }

    /** What the log asks of a witness. */
    public AddCheckpoint request(int from, int to) {
        return AddCheckpoint.of(proof(from, to), note(to));
    }
}
