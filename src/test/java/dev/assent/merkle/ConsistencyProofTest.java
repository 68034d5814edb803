// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
    private static final int SIZES = 257;

    private final TestTree tree = TestTree.ofSize(SIZES + 1);
    private final Prover prover = new Prover(tree);
    private final Hash stranger = Hash.ofLeaf(new byte[] {1});
    private int refused;

    @Test
    void proofs_holdForEveryPairOfSizes_andNoDamagedOneDoes() throws InvalidProofException {
        int held = 0;
        for (int second = 0; second <= SIZES; second++) {
            for (int first = 0; first <= second; first++) {
                ConsistencyProof proof = prover.consistency(first, second);
                proof.verify(tree.root(first), tree.root(second));
                held++;
                refuseDamaged(proof, tree.root(first), tree.root(second));
            }
        }
        assertThat(held).isEqualTo((SIZES + 1) * (SIZES + 2) / 2);
        assertThat(refused).isGreaterThan(10 * held);
    }

    @Test
    void proof_refusesBoundsFirst() {
        for (long[] bounds :
                new long[][] {
                    {-1, 0},
                    {-1, 1},
                    {1, 0},
                    {2, 1},
                    {-2, -1},
                    {Long.MIN_VALUE, Long.MAX_VALUE},
                    {Long.MAX_VALUE, Long.MIN_VALUE}
                }) {
            ConsistencyProof proof = new ConsistencyProof(bounds[0], bounds[1], List.of());
            assertThatThrownBy(() -> proof.verify(stranger, stranger))
                    .isInstanceOf(InvalidProofException.class)
                    .hasMessageContaining("is not up to size");
        }
    }

    @Test
    void proof_refusesAnEmptyTreeWithAnotherRoot() {
        refuse(new ConsistencyProof(0, 3, List.of()), stranger, tree.root(3));
        refuse(new ConsistencyProof(0, 0, List.of()), Hash.EMPTY_ROOT, stranger);
    }

    @Test
    void prover_refusesWhatCannotBe() {
        for (long[] bounds : new long[][] {{-1, 1}, {1, 0}, {0, -1}}) {
            assertThatThrownBy(() -> prover.consistency(bounds[0], bounds[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void refuseDamaged(ConsistencyProof proof, Hash first, Hash second) {
        if (proof.first() > 0) {
            refuse(proof, stranger, second);
            refuse(
                    new ConsistencyProof(proof.first() - 1, proof.second(), proof.path()),
                    tree.root((int) proof.first()),
                    second);
        }
        if (proof.first() > 0 && proof.first() < proof.second()) {
            refuse(proof, first, stranger);
            refuse(proof, first, first);
            refuse(proof, second, second);
            refuse(new ConsistencyProof(proof.first(), proof.second(), List.of()), first, second);
            refuse(
                    new ConsistencyProof(proof.first(), proof.second() + 1, proof.path()),
                    first,
                    tree.root((int) proof.second() + 1));
        }
        for (List<Hash> damaged : DamagedPath.all(proof.path())) {
            refuse(new ConsistencyProof(proof.first(), proof.second(), damaged), first, second);
        }
    }

    private void refuse(ConsistencyProof proof, Hash first, Hash second) {
        try {
            proof.verify(first, second);
        } catch (InvalidProofException e) {
            refused++;
            return;
        }
        throw new AssertionError("accepted: " + proof);
    }
}
