// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Tile;
import dev.assent.merkle.TileHashReader;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stored tiles. The last one of a level is stored as far as it goes. */
@Singleton
final class Tiles {
    private static final String READ =
            """
            select t.level, t.index, t.hashes
            from unnest(?::smallint[], ?::bigint[]) as wanted (level, index)
                join log_tile t on t.level = wanted.level and t.index = wanted.index
            """;

    private static final String GROW =
            """
            insert into log_tile (level, index, hashes)
            select *
            from unnest(?::smallint[], ?::bigint[], ?::bytea[])
            on conflict (level, index) do update set hashes = excluded.hashes
            """;

    private static final String ENTRIES =
            """
            select entry
            from log_entry
            where index >= ? and index < ?
            order by index
            """;

    private record Place(int level, long index) {}

    /** Reads the hashes of a tree of {@code size} leaves. */
    TileHashReader reader(Connection connection, long size) {
        return new TileHashReader(size, wanted -> find(connection, wanted));
    }

    /**
     * The bytes of tiles; what is not stored is left out, and a tile may be wider than it was asked
     * for.
     *
     * @throws DataAccessException if the database is out of reach
     */
    Map<Tile, byte[]> find(Connection connection, Set<Tile> wanted) {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            setPlaces(connection, statement, wanted);
            Map<Place, byte[]> stored = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    stored.put(new Place(row.getInt(1), row.getLong(2)), row.getBytes(3));
                }
            }
            Map<Tile, byte[]> found = new HashMap<>();
            for (Tile tile : wanted) {
                byte[] hashes = stored.get(new Place(tile.level(), tile.index()));
                if (hashes != null) {
                    found.put(tile, hashes);
                }
            }
            return found;
        } catch (SQLException e) {
            throw new DataAccessException("cannot read tiles", e);
        }
    }

    /** Stores tiles that are new or have grown. */
    void grow(Connection connection, Map<Tile, byte[]> tiles) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GROW)) {
            setPlaces(connection, statement, tiles.keySet());
            byte[][] hashes = tiles.values().toArray(byte[][]::new);
            statement.setArray(3, connection.createArrayOf("bytea", hashes));
            statement.executeUpdate();
        }
    }

    /** The entries with indexes from {@code from} to below {@code to}, in order. */
    List<byte[]> entries(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENTRIES)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            var entries = new ArrayList<byte[]>(Math.toIntExact(to - from));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(row.getBytes(1));
                }
            }
            if (entries.size() != to - from) {
                throw new IllegalStateException("entries are missing from " + from + " to " + to);
            }
            return entries;
        }
    }

    private static void setPlaces(
            Connection connection, PreparedStatement statement, Collection<Tile> tiles)
            throws SQLException {
        Array levels =
                connection.createArrayOf(
                        "smallint", tiles.stream().map(Tile::level).toArray(Integer[]::new));
        Array indexes =
                connection.createArrayOf(
                        "bigint", tiles.stream().map(Tile::index).toArray(Long[]::new));
        statement.setArray(1, levels);
        statement.setArray(2, indexes);
    }
}
