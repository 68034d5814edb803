// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Makes proofs about a tree whose hashes it reads, for each with a single call of the reader.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3">RFC 9162 §2.1.3, §2.1.4</a>
 */
public final class Prover {
    private final HashReader reader;

    public Prover(HashReader reader) {
        this.reader = reader;
    }

    /** The root hash of the tree of the first {@code size} leaves. */
    public Hash root(long size) {
        return compactRange(size).root();
    }

    /** The tree of the first {@code size} leaves, ready to grow. */
    public CompactRange compactRange(long size) {
        requireSize(size);
        return new CompactRange(size, reader.read(new LeafRange(0, size).nodes()));
    }

    /**
     * Proves that leaf {@code index} is in the tree of {@code size} leaves.
     *
     * @throws IllegalArgumentException unless {@code 0 <= index < size}
     */
    public InclusionProof inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        List<LeafRange> path = new ArrayList<>();
        LeafRange range = new LeafRange(0, size);
        while (range.size() > 1) {
            boolean goLeft = index < range.split();
            path.add(goLeft ? range.right() : range.left());
            range = goLeft ? range.left() : range.right();
        }
        return new InclusionProof(index, size, roots(path.reversed()));
    }

    /**
     * Proves that the tree of {@code first} leaves is the beginning of that of {@code second}.
     *
     * @throws IllegalArgumentException unless {@code 0 <= first <= second}
     */
    public ConsistencyProof consistency(long first, long second) {
        requireSize(first);
        if (first > second) {
            throw new IllegalArgumentException(
                    "a tree of " + first + " cannot shrink to " + second);
        }
        List<LeafRange> path = new ArrayList<>();
        if (first > 0 && first < second) {
            LeafRange range = new LeafRange(0, second);
            while (range.to() > first) {
                boolean goLeft = first <= range.split();
                path.add(goLeft ? range.right() : range.left());
                range = goLeft ? range.left() : range.right();
            }
            if (range.from() > 0) {
                path.add(range);
            }
        }
        return new ConsistencyProof(first, second, roots(path.reversed()));
    }

    private List<Hash> roots(List<LeafRange> ranges) {
        Iterator<Hash> hashes =
                reader.read(ranges.stream().flatMap(range -> range.nodes().stream()).toList())
                        .iterator();
        return ranges.stream().map(range -> range.root(hashes)).toList();
    }

    private static void requireSize(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no size " + size);
        }
    }
}
