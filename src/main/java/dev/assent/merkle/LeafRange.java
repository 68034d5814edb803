// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The leaves from {@code from} up to, not including, {@code to}: D[from:to] of RFC 9162 §2.1.1.
 *
 * <p>{@code from} is a multiple of a power of two that is no smaller than the range, so that the
 * range is a subtree: complete, or ragged at its right edge.
 */
record LeafRange(long from, long to) {
    long size() {
        return to - from;
    }

    /** The largest power of two that is smaller than the size, 2 or more: k of RFC 9162 §2.1.1. */
    long split() {
        return from + Long.highestOneBit(size() - 1);
    }

    LeafRange left() {
        return new LeafRange(from, split());
    }

    LeafRange right() {
        return new LeafRange(split(), to);
    }

    /** The complete subtrees that make up the range, from left to right; at most 63. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        long start = from;
        while (start < to) {
            long width = Long.highestOneBit(to - start);
            int level = Long.numberOfTrailingZeros(width);
            nodes.add(new Node(level, start >> level));
            start += width;
        }
        return nodes;
    }

    /**
     * MTH(D[from:to]) from the hashes of {@link #nodes()}, of which it takes as many as it needs.
     */
    Hash root(Iterator<Hash> hashes) {
        List<Hash> taken = new ArrayList<>();
        for (int i = Long.bitCount(size()); i > 0; i--) {
            taken.add(hashes.next());
        }
        return CompactRange.join(taken);
    }
}
