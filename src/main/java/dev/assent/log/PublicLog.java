// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.EntryBundle;
import dev.assent.merkle.Tile;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What the log shows to everybody: nothing that no checkpoint covers. */
@Singleton
class PublicLog {
    private final LogProofs proofs;
    private final LogKeyRows keys;
    private final TransparencyLog log;
    private final Tiles tiles;
    private final Transactions transactions;

    PublicLog(
            LogProofs proofs,
            LogKeyRows keys,
            TransparencyLog log,
            Tiles tiles,
            Transactions transactions) {
        this.proofs = proofs;
        this.keys = keys;
        this.log = log;
        this.tiles = tiles;
        this.transactions = transactions;
    }

    Optional<SignedCheckpoint> checkpoint() {
        return proofs.served();
    }

    /** The vkey of the key that signs now. */
    Optional<String> vkey() {
        return read(keys::newest);
    }

    /** A tile, as wide as it was asked for; empty unless the signed tree has it so wide. */
    Optional<byte[]> tile(Tile tile) {
        return read(connection -> {
            long size = log.coveredSize(connection);
            boolean isThere =
                    Tile.at(tile.level(), tile.index(), size)
                            .filter(stored -> tile.width() <= stored.width())
                            .isPresent();
            return isThere ? Optional.of(bytes(connection, tile)) : Optional.empty();
        });
    }

    /** What an entry of type 3 or 4 says, if a signed checkpoint covers it. */
    Optional<byte[]> statement(long index) {
        return read(connection ->
                index < log.coveredSize(connection)
                        ? log.statement(connection, index)
                        : Optional.empty());
    }

    private byte[] bytes(Connection connection, Tile tile) throws SQLException {
        if (tile.level() == Tile.ENTRIES) {
            long from = tile.index() * Tile.FULL_WIDTH;
            return EntryBundle.format(tiles.entries(connection, from, from + tile.width()));
        }
        byte[] stored = tiles.find(connection, Set.of(tile)).get(tile);
        if (stored == null || stored.length < tile.byteLength()) {
            throw new IllegalStateException("not as wide as it was signed: " + tile.path());
        }
        return Arrays.copyOf(stored, tile.byteLength());
    }

    private <T> T read(Transactions.Work<T> query) {
        return transactions.read("read the log", query);
    }
}
