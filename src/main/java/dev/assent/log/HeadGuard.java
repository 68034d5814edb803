// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.merkle.Prover;
import dev.assent.merkle.TileEdge;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Sees whether the database still holds what was signed. A log must never sign two roots for one
 * size; one that was put back to an earlier state, and goes on from there, would.
 */
@Singleton
final class HeadGuard {
    /** Entries that are read at a time, so that a long way does not fill the memory. */
    private static final int STRIDE = 1 << 16;

    private final TransparencyLog log;
    private final Checkpoints checkpoints;
    private final Tiles tiles;

    HeadGuard(TransparencyLog log, Checkpoints checkpoints, Tiles tiles) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.tiles = tiles;
    }

    /**
     * Returns if the first {@code signed.size()} entries are those that were signed.
     *
     * @throws LogException if they are not, or not there; it says what to do
     */
    void require(Connection connection, CheckpointJournal.Signed signed) throws SQLException {
        long stored = log.size(connection);
        if (stored < signed.size()) {
            throw new LogException(behind(signed, stored + " entries"));
        }
        if (!root(connection, signed.size()).equals(signed.root())) {
            throw new LogException(behind(signed, "other entries"));
        }
    }

    private Hash root(Connection connection, long size) throws SQLException {
        long tiled = checkpoints.newest(connection).map(SignedCheckpoint::size).orElse(0L);
        if (size <= tiled) {
            return new Prover(tiles.reader(connection, tiled)).root(size);
        }
        TileEdge edge = TileEdge.read(tiled, wanted -> tiles.find(connection, wanted));
        for (long from = tiled; from < size; from += STRIDE) {
            tiles.entries(connection, from, Math.min(size, from + STRIDE))
                    .forEach(entry -> edge.append(Hash.ofLeaf(entry)));
        }
        return edge.root();
    }

    static String behind(CheckpointJournal.Signed signed, String instead) {
        return "the database is not the one whose log was signed: a checkpoint of "
                + signed.origin()
                + " over "
                + signed.size()
                + " entries has been signed, the database holds "
                + instead
                + ". To go on from here would fork the log. If this is a restored backup, restore"
                + " a newer one, with the write-ahead log. If the rest is lost for good, give the"
                + " log a new name: './assent key next --origin NAME' (docs/operating.md says how).";
    }
}
