// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.web.Transactions;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
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
    private final Transactions transactions;

    LogSnapshots(LogProofs log, LogKeyRows keys, Tiles tiles, Transactions transactions) {
        this.log = log;
        this.keys = keys;
        this.tiles = tiles;
        this.transactions = transactions;
    }

    /**
     * The log under the checkpoint that is served now; empty until the first is signed.
     *
     * @throws DataAccessException if the database is out of reach
     */
    public Optional<LogSnapshot> served() {
        return log.served()
                .map(checkpoint ->
                        new LogSnapshot(checkpoint, vkey(checkpoint), tiles, transactions));
    }

    private String vkey(SignedCheckpoint checkpoint) {
        return transactions.read(
                "read the log's key", connection -> keys.signing(connection, checkpoint.size()));
    }
}
