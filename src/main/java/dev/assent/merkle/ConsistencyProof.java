// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Proof that a tree of {@code first} leaves is the beginning of one of {@code second}: nothing was
 * changed, nothing taken away.
 *
 * <p>Anything may be put into one: only {@link #verify} says whether it proves something.
 *
 * @param first number of leaves in the earlier tree, from 0
 * @param second number of leaves in the later tree
 * @param path empty if {@code first} is 0 or both are equal
 */
public record ConsistencyProof(long first, long second, List<Hash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Verifies that the tree with {@code firstRoot} is the beginning of the one with {@code
     * secondRoot}.
     *
     * <p>{@code 0 <= first <= second}; both sizes fix the length of the path, which is checked
     * before anything is hashed. Cost: two SHA-256 a level, at most 126.
     *
     * @throws InvalidProofException if the sizes are out of order, or the path has another length
     *     or leads to other roots
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2">RFC 9162 §2.1.4.2</a>
     */
    public void verify(Hash firstRoot, Hash secondRoot) throws InvalidProofException {
        if (first < 0 || first > second) {
            throw new InvalidProofException("size " + first + " is not up to size " + second);
        }
        if (path.size() != pathLength()) {
            throw new InvalidProofException(
                    "path has " + path.size() + " hashes, should have " + pathLength());
        }
        if (first == 0 || first == second) {
            verifyWithoutPath(firstRoot, secondRoot);
        } else {
            verifyPath(firstRoot, secondRoot);
        }
    }

    /** The RFC asks for 0 &lt; first &lt; second; at the edges the roots themselves say it all. */
    private void verifyWithoutPath(Hash firstRoot, Hash secondRoot) throws InvalidProofException {
        if (first == 0 && !firstRoot.equals(Hash.EMPTY_ROOT)) {
            throw new InvalidProofException("a tree of size 0 has the root of the empty tree");
        }
        if (first == second && !firstRoot.equals(secondRoot)) {
            throw new InvalidProofException("two roots for one size");
        }
    }

    private void verifyPath(Hash firstRoot, Hash secondRoot) throws InvalidProofException {
        // 1. If consistency_path is an empty array, stop and fail: its length is checked above.
        // 2. If first is an exact power of 2, then prepend first_hash to the consistency_path.
        List<Hash> hashes = new ArrayList<>(path);
        if (Long.bitCount(first) == 1) {
            hashes.addFirst(firstRoot);
        }
        // 3. Set fn to first - 1 and sn to second - 1.
        long fn = first - 1;
        long sn = second - 1;
        // 4. If LSB(fn) is set, then right-shift both fn and sn equally until LSB(fn) is not set.
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        // 5. Set both fr and sr to the first value in the consistency_path array.
        Hash fr = hashes.getFirst();
        Hash sr = hashes.getFirst();
        // 6. For each subsequent value c in the consistency_path array:
        for (Hash c : hashes.subList(1, hashes.size())) {
            // a. If sn is 0, then stop the iteration and fail the proof verification.
            if (sn == 0) {
                throw new InvalidProofException("path goes on beyond the root");
            }
            // b. If LSB(fn) is set, or if fn is equal to sn, then:
            if ((fn & 1) == 1 || fn == sn) {
                // i. Set fr to HASH(0x01 || c || fr). ii. Set sr to HASH(0x01 || c || sr).
                fr = Hash.ofNode(c, fr);
                sr = Hash.ofNode(c, sr);
                // iii. If LSB(fn) is not set, then right-shift both fn and sn equally until either
                // LSB(fn) is set or fn is 0.
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // Otherwise, set sr to HASH(0x01 || sr || c).
                sr = Hash.ofNode(sr, c);
            }
            // c. Finally, right-shift both fn and sn one time.
            fn >>= 1;
            sn >>= 1;
        }
        // 7. Verify that fr equals first_hash, sr equals second_hash, and sn is 0.
        if (sn != 0) {
            throw new InvalidProofException("path ends before the root");
        }
        if (!fr.equals(firstRoot)) {
            throw new InvalidProofException("path leads to another first root");
        }
        if (!sr.equals(secondRoot)) {
            throw new InvalidProofException("path leads to another second root");
        }
    }

    /**
     * As for the last leaf of the earlier tree, but beginning at the largest complete subtree that
     * ends there, whose hash is left out where it is the earlier root itself.
     */
    private int pathLength() {
        if (first == 0 || first == second) {
            return 0;
        }
        int shared = Long.SIZE - Long.numberOfLeadingZeros((first - 1) ^ (second - 1));
        int own = Long.bitCount(first) == 1 ? 0 : 1;
        return own
                + shared
                - Long.numberOfTrailingZeros(first)
                + Long.bitCount((first - 1) >> shared);
    }
}
