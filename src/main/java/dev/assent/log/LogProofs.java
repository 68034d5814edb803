// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.InclusionProof;
import dev.assent.merkle.Prover;
import dev.assent.note.TlogProof;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Proofs about the log for whoever asks: that an entry is in it, and that it has only grown. All
 * proofs of one {@link #under} are made under one checkpoint.
 */
@Singleton
public final class LogProofs {
    private final Checkpoints checkpoints;
    private final LogKeyRows keys;
    private final Tiles tiles;
    private final Witnesses witnesses;
    private final TransactionOperations<Connection> transactions;
    private final InstantSource clock;

    LogProofs(
            Checkpoints checkpoints,
            LogKeyRows keys,
            Tiles tiles,
            Witnesses witnesses,
            TransactionOperations<Connection> transactions,
            InstantSource clock) {
        this.checkpoints = checkpoints;
        this.keys = keys;
        this.tiles = tiles;
        this.witnesses = witnesses;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Makes proofs under one checkpoint. For one thread, within {@link LogProofs#under}. */
    public final class Proofs {
        private final Connection connection;
        private final SignedCheckpoint checkpoint;
        private final Prover prover;

        private Proofs(Connection connection, SignedCheckpoint checkpoint) {
            this.connection = connection;
            this.checkpoint = checkpoint;
            this.prover = new Prover(tiles.reader(connection, checkpoint.size()));
        }

        /** The checkpoint that all of these are under. */
        public SignedCheckpoint checkpoint() {
            return checkpoint;
        }

        /** The vkey of the log's key that signed the checkpoint. */
        public String vkey() {
            try {
                return keys.newest(connection, checkpoint.size())
                        .orElseThrow(() -> new IllegalStateException("the log is not opened"));
            } catch (SQLException e) {
                throw new LogReadException("cannot read the log's key", e);
            }
        }

        /**
         * Proves that the entry is in the log.
         *
         * @throws IllegalArgumentException unless the checkpoint covers it
         */
        public InclusionProof inclusion(long index) {
            return prover.inclusion(index, checkpoint.size());
        }

        /** The text of a tlog-proof without anything extra, for a document anybody may read. */
        public String tlogProof(long index) {
            return TlogProof.of(inclusion(index), checkpoint.note()).format();
        }

        /**
         * Proves that of this tree and the one of the first {@code size} entries the smaller is the
         * beginning of the larger.
         *
         * @return empty if no tree of ours has had that size yet
         * @throws IllegalArgumentException if {@code size} is negative
         */
        public Optional<ConsistencyProof> consistency(long size) {
            long mine = checkpoint.size();
            if (size <= mine) {
                return Optional.of(prover.consistency(size, mine));
            }
            return newest(connection)
                    .filter(newest -> size <= newest.size())
                    .map(newest -> new Prover(tiles.reader(connection, newest.size())))
                    .map(wider -> wider.consistency(mine, size));
        }
    }

    /**
     * Makes proofs for the entry with this index: under the newest checkpoint that the operator's
     * quorum of witnesses vouches for, if that covers it; else under the newest that is served.
     *
     * @return what {@code use} returns; empty while no checkpoint covers the entry
     * @throws LogReadException if the database is out of reach
     */
    public <T> Optional<T> under(long index, Function<Proofs, T> use) {
        return transactions.executeRead(status -> {
            Connection connection = status.getConnection();
            return covering(connection, index)
                    .map(checkpoint -> use.apply(new Proofs(connection, checkpoint)));
        });
    }

    /** The checkpoint that is served now; empty until the first is signed. */
    public Optional<SignedCheckpoint> served() {
        return transactions.executeRead(status -> served(status.getConnection()));
    }

    private Optional<SignedCheckpoint> covering(Connection connection, long index) {
        return witnessed(connection)
                .filter(checkpoint -> checkpoint.covers(index))
                .or(() -> served(connection))
                .filter(checkpoint -> checkpoint.covers(index));
    }

    private Optional<SignedCheckpoint> witnessed(Connection connection) {
        try {
            return witnesses.areAsked() ? checkpoints.witnessed(connection) : Optional.empty();
        } catch (SQLException e) {
            throw new LogReadException("cannot read the witnessed checkpoint", e);
        }
    }

    private Optional<SignedCheckpoint> served(Connection connection) {
        if (!witnesses.areAsked()) {
            return newest(connection);
        }
        try {
            return checkpoints.served(connection, clock.instant());
        } catch (SQLException e) {
            throw new LogReadException("cannot read the checkpoint that is served", e);
        }
    }

    private Optional<SignedCheckpoint> newest(Connection connection) {
        try {
            return checkpoints.newest(connection);
        } catch (SQLException e) {
            throw new LogReadException("cannot read the checkpoint", e);
        }
    }
}
