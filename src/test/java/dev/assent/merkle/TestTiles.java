// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Stored tiles of a tree, grown leaf by leaf as the service would, a few at a time. */
final class TestTiles implements Function<Set<Tile>, Map<Tile, byte[]>> {
    private final Map<Tile, byte[]> stored = new HashMap<>();

    static TestTiles of(TestTree tree) {
        TestTiles tiles = new TestTiles();
        int size = 0;
        for (int step = 1; size < tree.leaves().size(); step = step * 2 + 1) {
            int next = Math.min(size + step, tree.leaves().size());
            tiles.grow(tree, size, next);
            size = next;
        }
        return tiles;
    }

    TileEdge grow(TestTree tree, int from, int to) {
        TileEdge edge = TileEdge.read(from, this);
        tree.leaves().subList(from, to).forEach(edge::append);
        stored.putAll(edge.grown());
        return edge;
    }

    Map<Tile, byte[]> stored() {
        return stored;
    }

    @Override
    public Map<Tile, byte[]> apply(Set<Tile> wanted) {
        Map<Tile, byte[]> found = new HashMap<>();
        wanted.forEach(tile -> found.put(tile, stored.getOrDefault(tile, widest(tile))));
        return found;
    }

    private byte[] widest(Tile tile) {
        return stored.entrySet().stream()
                .filter(e -> e.getKey().level() == tile.level())
                .filter(e -> e.getKey().index() == tile.index())
                .max((a, b) -> Integer.compare(a.getKey().width(), b.getKey().width()))
                .map(Map.Entry::getValue)
                .orElse(new byte[0]);
    }
}
