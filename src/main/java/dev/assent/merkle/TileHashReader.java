// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the hashes of a tree from its tiles, hashing within a tile what lies between two levels of
 * tiles.
 *
 * <p>The tiles are taken as they come. An auditor need not trust them: a proof made from false ones
 * does not verify.
 */
public final class TileHashReader implements HashReader {
    private final long size;
    private final Function<Set<Tile>, Map<Tile, byte[]>> tiles;

    /**
     * @param size number of leaves in the tree
     * @param tiles gives the bytes of each tile that is asked for; more bytes than the tile is wide
     *     are well, for a tile only ever grows to the right
     */
    public TileHashReader(long size, Function<Set<Tile>, Map<Tile, byte[]>> tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    /**
     * @throws IllegalArgumentException if a node reaches beyond the tree
     * @throws IllegalStateException if a tile is missing or too short
     */
    @Override
    public List<Hash> read(List<Node> nodes) {
        Set<Tile> wanted = new LinkedHashSet<>();
        nodes.forEach(node -> wanted.add(tileOf(node)));
        Map<Tile, byte[]> found = wanted.isEmpty() ? Map.of() : new HashMap<>(tiles.apply(wanted));
        return nodes.stream().map(node -> hash(node, found)).toList();
    }

    private Tile tileOf(Node node) {
        int level = node.level() / Tile.HEIGHT;
        long index = firstHash(node) / Tile.FULL_WIDTH;
        Tile tile = Tile.at(level, index, size).orElseThrow(() -> beyond(node));
        if (firstHash(node) % Tile.FULL_WIDTH + width(node) > tile.width()) {
            throw beyond(node);
        }
        return tile;
    }

    private Hash hash(Node node, Map<Tile, byte[]> found) {
        Tile tile = tileOf(node);
        byte[] bytes = found.get(tile);
        if (bytes == null || bytes.length < tile.byteLength()) {
            throw new IllegalStateException("missing or too short: " + tile.path());
        }
        return subtree(bytes, (int) (firstHash(node) % Tile.FULL_WIDTH), width(node));
    }

    /** The root over {@code width} hashes of a tile, a power of two. */
    static Hash subtree(byte[] tile, int from, int width) {
        if (width == 1) {
            return Hash.fromBytes(tile, from * Hash.LENGTH, (from + 1) * Hash.LENGTH);
        }
        int half = width / 2;
        return Hash.ofNode(subtree(tile, from, half), subtree(tile, from + half, half));
    }

    /** The number, within the level of tiles, of the first hash below the node. */
    private static long firstHash(Node node) {
        return node.index() << (node.level() % Tile.HEIGHT);
    }

    private static int width(Node node) {
        return 1 << (node.level() % Tile.HEIGHT);
    }

    private IllegalArgumentException beyond(Node node) {
        return new IllegalArgumentException(node + " reaches beyond a tree of " + size);
    }
}
