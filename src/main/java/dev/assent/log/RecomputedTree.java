// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.merkle.Tile;
import dev.assent.merkle.TileEdge;
import java.sql.Connection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tree made again from its entries, which it takes one after the other. It compares each tile
 * that it completes with the stored one, and holds none but those in which it ends.
 */
final class RecomputedTree {
    /** Leaves between two comparisons: whole tiles, some of them at a time. */
    static final int STRIDE = 1 << 14;

    private final Connection connection;
    private final Findings findings;
    private final Tiles tiles = new Tiles();

    /** The partial tiles in which the tree ended when a stride began; nothing of what is stored. */
    private final Map<Tile, byte[]> begun = new HashMap<>();

    private TileEdge edge = TileEdge.read(0, this::begun);
    private boolean compares = true;

    RecomputedTree(Connection connection, Findings findings) {
        this.connection = connection;
        this.findings = findings;
    }

    void append(byte[] entry) {
        edge.append(Hash.ofLeaf(entry));
        if (size() % STRIDE == 0) {
            compare(full(edge.grown()));
            Map<Tile, byte[]> last = partial();
            begun.clear();
            begun.putAll(last);
            edge = TileEdge.read(size(), this::begun);
        }
    }

    /** Number of entries so far. */
    long size() {
        return edge.size();
    }

    Hash root() {
        return edge.root();
    }

    /**
     * Compares the tiles in which the stored tree must end, this being its size. What is appended
     * after that is not compared any more.
     */
    void endHere() {
        compare(full(edge.grown()));
        compare(partial());
        compares = false;
    }

    private void compare(Map<Tile, byte[]> made) {
        if (!compares || made.isEmpty()) {
            return;
        }
        Map<Tile, byte[]> stored = tiles.find(connection, made.keySet());
        made.forEach((tile, hashes) -> {
            byte[] found = stored.get(tile);
            if (found == null) {
                findings.add(tile.path() + " is missing");
            } else if (!Arrays.equals(found, hashes)) {
                findings.add(tile.path() + " is not made of its entries");
            }
        });
    }

    private static Map<Tile, byte[]> full(Map<Tile, byte[]> grown) {
        Map<Tile, byte[]> full = new HashMap<>(grown);
        full.keySet().removeIf(Tile::isPartial);
        return full;
    }

    /** On each level the tile in which the tree ends, unless it is full there. */
    private Map<Tile, byte[]> partial() {
        Map<Tile, byte[]> last = new HashMap<>(begun);
        last.putAll(edge.grown());
        last.keySet()
                .removeIf(tile ->
                        !tile.isPartial()
                                || !Tile.at(tile.level(), tile.index(), size())
                                        .equals(Optional.of(tile)));
        return last;
    }

    private Map<Tile, byte[]> begun(Set<Tile> wanted) {
        return begun;
    }
}
