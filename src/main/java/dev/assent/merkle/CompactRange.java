// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree boiled down to what it needs to grow: the hashes of its complete subtrees, the largest
 * first, one for each bit that is set in the size. At most 63 hashes stand for any number of
 * leaves.
 *
 * @param size number of leaves, from 0
 * @param hashes as many as {@code size} has bits set, from left to right
 */
public record CompactRange(long size, List<Hash> hashes) {
    /** The tree without leaves. */
    public static final CompactRange EMPTY = new CompactRange(0, List.of());

    public CompactRange {
        if (size < 0 || hashes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    hashes.size() + " hashes cannot stand for " + size + " leaves");
        }
        hashes = List.copyOf(hashes);
    }

    /** The tree with one leaf more. Cost: one SHA-256 for each subtree that this completes. */
    public CompactRange append(Hash leafHash) {
        List<Hash> grown = new ArrayList<>(hashes);
        Hash last = leafHash;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            last = Hash.ofNode(grown.removeLast(), last);
        }
        grown.add(last);
        return new CompactRange(Math.addExact(size, 1), grown);
    }

    /** The root hash: that of RFC 9162 §2.1.1, {@link Hash#EMPTY_ROOT} for the empty tree. */
    public Hash root() {
        return hashes.isEmpty() ? Hash.EMPTY_ROOT : join(hashes);
    }

    /** One subtree out of several beside one another, each smaller than the one to its left. */
    static Hash join(List<Hash> subtrees) {
        List<Hash> rightToLeft = subtrees.reversed();
        Hash root = rightToLeft.getFirst();
        for (Hash left : rightToLeft.subList(1, rightToLeft.size())) {
            root = Hash.ofNode(left, root);
        }
        return root;
    }
}
