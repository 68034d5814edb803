// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.merkle.HashReader;
import dev.assent.merkle.Node;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads each node once, however often it is asked for. A proof from a tile of 256 leaves hashes
 * nearly all of it; the next leaf's proof needs the same hashes but one or two.
 */
final class ReadOnce implements HashReader {
    private final HashReader reader;
    private final Map<Node, Hash> known = new HashMap<>();

    ReadOnce(HashReader reader) {
        this.reader = reader;
    }

    @Override
    public List<Hash> read(List<Node> nodes) {
        List<Node> unknown = nodes.stream().filter(node -> !known.containsKey(node)).toList();
        Iterator<Hash> hashes = reader.read(unknown).iterator();
        unknown.forEach(node -> known.put(node, hashes.next()));
        return nodes.stream().map(known::get).toList();
    }
}
