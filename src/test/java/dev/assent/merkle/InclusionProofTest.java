// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InclusionProofTest {
    private static final int SIZES = 257;

    private final TestTree tree = TestTree.ofSize(SIZES + 1);
    private final Prover prover = new Prover(new TileHashReader(SIZES + 1, TestTiles.of(tree)));
    private int refused;

    @Test
    void proofs_holdAtEverySizeAndIndex_andNoDamagedOneDoes() throws InvalidProofException {
        int held = 0;
        for (int size = 1; size <= SIZES; size++) {
            Hash root = tree.root(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = prover.inclusion(index, size);
                proof.verify(tree.leaves().get(index), root);
                held++;
                if (size <= 70 || size >= 255) {
                    refuseDamaged(proof, tree.leaves().get(index), root);
                }
            }
        }
        assertThat(held).isEqualTo(SIZES * (SIZES + 1) / 2);
        assertThat(refused).isGreaterThan(3 * held);
    }

    @Test
    void proof_holdsUpToTheLargestSize() throws InvalidProofException {
        Hash leaf = tree.leaves().getFirst();
        for (long size : new long[] {1L << 62, (1L << 62) + 1, Long.MAX_VALUE}) {
            List<Hash> path = Collections.nCopies(size == 1L << 62 ? 62 : 63, Hash.EMPTY_ROOT);
            Hash root = leaf;
            for (Hash sibling : path) {
                root = Hash.ofNode(root, sibling);
            }
            new InclusionProof(0, size, path).verify(leaf, root);
            refuse(new InclusionProof(0, size, path.subList(1, path.size())), leaf, root);
            refuse(new InclusionProof(1, size, path), leaf, root);
        }
    }

    @Test
    void proof_refusesBoundsFirst() {
        Hash leaf = tree.leaves().getFirst();
        for (long[] bounds :
                new long[][] {
                    {0, 0},
                    {1, 1},
                    {-1, 1},
                    {0, -1},
                    {-1, -1},
                    {2, 1},
                    {Long.MAX_VALUE, 1},
                    {Long.MIN_VALUE, Long.MIN_VALUE},
                    {Long.MAX_VALUE, Long.MAX_VALUE},
                    {-2, Long.MAX_VALUE}
                }) {
            InclusionProof proof = new InclusionProof(bounds[0], bounds[1], List.of());
            assertThatThrownBy(() -> proof.verify(leaf, leaf))
                    .isInstanceOf(InvalidProofException.class)
                    .hasMessageContaining("is not below size");
        }
    }

    @Test
    void prover_refusesWhatIsNotThere() {
        for (long[] bounds : new long[][] {{0, 0}, {1, 1}, {-1, 1}, {0, -1}}) {
            assertThatThrownBy(() -> prover.inclusion(bounds[0], bounds[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> prover.inclusion(0, SIZES + 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void refuseDamaged(InclusionProof proof, Hash leaf, Hash root) {
        long index = proof.index();
        long size = proof.size();
        List<Hash> path = proof.path();
        refuse(new InclusionProof(index + 1, size, path), leaf, root);
        refuse(new InclusionProof(index - 1, size, path), leaf, root);
        refuse(proof, Hash.ofLeaf(new byte[] {1}), root);
        refuse(proof, leaf, Hash.ofNode(root, root));
        refuse(new InclusionProof(index, size + 1, path), leaf, tree.root((int) size + 1));
        for (List<Hash> damaged : DamagedPath.all(path)) {
            refuse(new InclusionProof(index, size, damaged), leaf, root);
        }
    }

    private void refuse(InclusionProof proof, Hash leaf, Hash root) {
        try {
            proof.verify(leaf, root);
        } catch (InvalidProofException e) {
            refused++;
            return;
        }
        throw new AssertionError("accepted: " + proof);
    }
}
