// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Tile;
import io.micronaut.data.exceptions.DataAccessException;
import java.sql.Connection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tiles that were asked for last, at most {@value #KEPT} of them (8 MiB). A partial one is
 * taken as wide as it is stored, which is always wide enough for a tree that was stored before.
 */
final class TileCache {
    static final int KEPT = 1_024;

    private final Tiles tiles;
    private final Map<Tile, byte[]> kept =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
                    return size() > KEPT;
                }
            };

    TileCache(Tiles tiles) {
        this.tiles = tiles;
    }

    /**
     * As {@link Tiles#find}, which is asked for what is not here.
     *
     * @throws DataAccessException if the database is out of reach
     */
    Map<Tile, byte[]> find(Connection connection, Set<Tile> wanted) {
        Map<Tile, byte[]> found = new HashMap<>();
        Set<Tile> missing = new LinkedHashSet<>();
        for (Tile tile : wanted) {
            byte[] hashes = kept.get(tile);
            if (hashes == null) {
                missing.add(tile);
            } else {
                found.put(tile, hashes);
            }
        }
        if (!missing.isEmpty()) {
            Map<Tile, byte[]> read = tiles.find(connection, missing);
            kept.putAll(read);
            found.putAll(read);
        }
        return found;
    }
}
