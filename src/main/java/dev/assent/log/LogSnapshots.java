// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The log as it stands under one checkpoint, for whoever proves much over a long time. {@link
 * LogProofs} is for a single question.
 */
@Singleton
public final class LogSnapshots {
    private final LogProofs log;
    private final LogKeyRows keys;
    private final Tiles tiles;
    private final TransactionOperations<Connection> transactions;

    LogSnapshots(
            LogProofs log,
            LogKeyRows keys,
            Tiles tiles,
            TransactionOperations<Connection> transactions) {
        this.log = log;
        this.keys = keys;
        this.tiles = tiles;
        this.transactions = transactions;
    }

    /**
     * The log under the checkpoint that is served now; empty until the first is signed.
     *
     * @throws LogReadException if the database is out of reach
     */
    public Optional<LogSnapshot> served() {
        return log.served()
                .map(checkpoint ->
                        new LogSnapshot(checkpoint, vkey(checkpoint), tiles, transactions));
    }

    private String vkey(SignedCheckpoint checkpoint) {
        return transactions.executeRead(status -> {
            try {
                return keys.newest(status.getConnection(), checkpoint.size())
                        .orElseThrow(() -> new IllegalStateException("the log is not opened"));
            } catch (SQLException e) {
                throw new LogReadException("cannot read the log's key", e);
            }
        });
    }
}
