// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The right edge of a tiled tree, at which it grows: append leaf hashes, then take the tiles to be
 * stored and the root to be signed. Not for several threads.
 *
 * <p>A crash loses nothing: the edge is read back from the stored tiles.
 */
public final class TileEdge {
    private final Map<Tile, byte[]> completed = new LinkedHashMap<>();
    private final List<ByteArrayOutputStream> partial = new ArrayList<>();
    private final long startSize;
    private CompactRange range;

    private TileEdge(CompactRange range) {
        this.startSize = range.size();
        this.range = range;
    }

    /**
     * The edge of the tree that is stored.
     *
     * @param size number of leaves, 0 for a tree not begun
     * @param tiles as for {@link TileHashReader}
     */
    public static TileEdge read(long size, Function<Set<Tile>, Map<Tile, byte[]>> tiles) {
        TileEdge edge =
                new TileEdge(new Prover(new TileHashReader(size, tiles)).compactRange(size));
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long hashes = size >> (Tile.HEIGHT * level);
            if (hashes % Tile.FULL_WIDTH > 0) {
                Tile tile = Tile.at(level, hashes / Tile.FULL_WIDTH, size).orElseThrow();
                bytes.write(tiles.apply(Set.of(tile)).get(tile), 0, tile.byteLength());
            }
            edge.partial.add(bytes);
        }
        return edge;
    }

    /** Takes one leaf more. */
    public void append(Hash leafHash) {
        range = range.append(leafHash);
        append(0, leafHash);
    }

    /** Number of leaves. */
    public long size() {
        return range.size();
    }

    public Hash root() {
        return range.root();
    }

    /**
     * The tiles that are new or wider than when the edge was read, with their bytes: the full ones,
     * and of each level the partial one in which the tree ends.
     */
    public Map<Tile, byte[]> grown() {
        Map<Tile, byte[]> grown = new LinkedHashMap<>(completed);
        for (Tile tile : Tile.grown(startSize, size())) {
            if (tile.isPartial()) {
                grown.put(tile, partial.get(tile.level()).toByteArray());
            }
        }
        return grown;
    }

    private void append(int level, Hash hash) {
        ByteArrayOutputStream bytes = partial.get(level);
        bytes.writeBytes(hash.bytes());
        if (bytes.size() == Tile.FULL_WIDTH * Hash.LENGTH) {
            byte[] full = bytes.toByteArray();
            bytes.reset();
            long index = (size() >> (Tile.HEIGHT * (level + 1))) - 1;
            completed.put(new Tile(level, index, Tile.FULL_WIDTH), full);
            append(level + 1, TileHashReader.subtree(full, 0, Tile.FULL_WIDTH));
        }
    }
}
