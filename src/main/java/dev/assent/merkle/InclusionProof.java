// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.List;

/**
 * Proof that an entry is number {@code index} of the {@code size} in a tree.
 *
 * <p>Anything may be put into one: only {@link #verify} says whether it proves something.
 *
 * @param index from 0
 * @param size number of leaves in the tree
 * @param path one hash a level, the leaf's sibling first
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /**
     * Verifies that the entry with {@code leafHash} is number {@link #index()} in the tree of
     * {@link #size()} entries whose root hash is {@code root}.
     *
     * <p>{@code 0 <= index < size}; index and size fix the length of the path, which is checked
     * before anything is hashed. Cost: one SHA-256 a level, at most 63.
     *
     * @throws InvalidProofException if the index lies outside, or the path has another length or
     *     leads to another root
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2">RFC 9162 §2.1.3.2</a>
     */
    public void verify(Hash leafHash, Hash root) throws InvalidProofException {
        // 1. Compare leaf_index against tree_size.
        if (index < 0 || index >= size) {
            throw new InvalidProofException("index " + index + " is not below size " + size);
        }
        if (path.size() != pathLength()) {
            throw new InvalidProofException(
                    "path has " + path.size() + " hashes, should have " + pathLength());
        }
        // 2. Set fn to leaf_index and sn to tree_size - 1.
        long fn = index;
        long sn = size - 1;
        // 3. Set r to hash.
        Hash r = leafHash;
        // 4. For each value p in the inclusion_path array:
        for (Hash p : path) {
            // a. If sn is 0, then stop the iteration and fail the proof verification.
            if (sn == 0) {
                throw new InvalidProofException("path goes on beyond the root");
            }
            // b. If LSB(fn) is set, or if fn is equal to sn, then:
            if ((fn & 1) == 1 || fn == sn) {
                // i. Set r to HASH(0x01 || p || r).
                r = Hash.ofNode(p, r);
                // ii. If LSB(fn) is not set, then right-shift both fn and sn equally until either
                // LSB(fn) is set or fn is 0.
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // Otherwise, set r to HASH(0x01 || r || p).
                r = Hash.ofNode(r, p);
            }
            // c. Finally, right-shift both fn and sn one time.
            fn >>= 1;
            sn >>= 1;
        }
        // 5. Compare sn to 0 and r against the root_hash.
        if (sn != 0) {
            throw new InvalidProofException("path ends before the root");
        }
        if (!r.equals(root)) {
            throw new InvalidProofException("path leads to another root");
        }
    }

    /**
     * Below the level where the ways to this leaf and to the last one part there is a sibling at
     * each level; above it only where the way turns right.
     */
    private int pathLength() {
        int shared = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
        return shared + (shared == Long.SIZE ? 0 : Long.bitCount(index >> shared));
    }
}
