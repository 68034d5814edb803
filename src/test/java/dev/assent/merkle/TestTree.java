// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small tree computed the slow way, straight from the definition in RFC 9162 §2.1.1. */
public final class TestTree implements HashReader {
    private final List<Hash> leaves;

    /** Kept, as tests ask for the same ones thousands of times. */
    private final Map<Node, Hash> nodes = new HashMap<>();

    private final Map<Integer, Hash> roots = new HashMap<>();

    public TestTree(List<Hash> leaves) {
        this.leaves = leaves;
    }

    public List<Hash> leaves() {
        return leaves;
    }

    /** A tree of the entries {@code "0"}, {@code "1"}, {@code "2"} … */
    public static TestTree ofSize(int size) {
        return ofEntries(IntStream.range(0, size).mapToObj(Integer::toString));
    }

    public static TestTree ofEntries(Stream<String> entries) {
        return new TestTree(entries.map(entry -> Hash.ofLeaf(entry.getBytes(US_ASCII))).toList());
    }

    public Hash root(int size) {
        return roots.computeIfAbsent(size, n -> root(leaves.subList(0, n)));
    }

    @Override
    public List<Hash> read(List<Node> wanted) {
        return wanted.stream().map(node -> nodes.computeIfAbsent(node, this::hash)).toList();
    }

    private Hash hash(Node node) {
        int from = (int) (node.index() << node.level());
        return root(leaves.subList(from, from + (1 << node.level())));
    }

    private static Hash root(List<Hash> d) {
        int n = d.size();
        if (n <= 1) {
            return n == 0 ? Hash.EMPTY_ROOT : d.getFirst();
        }
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return Hash.ofNode(root(d.subList(0, k)), root(d.subList(k, n)));
    }
}
