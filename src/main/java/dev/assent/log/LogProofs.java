// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.InclusionProof;
import dev.assent.merkle.Prover;
import dev.assent.note.TlogProof;
import dev.assent.web.Transactions;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
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
    private final Transactions transactions;
    private final InstantSource clock;

    LogProofs(
            Checkpoints checkpoints,
            LogKeyRows keys,
            Tiles tiles,
            Witnesses witnesses,
            Transactions transactions,
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
        private final SignedCheckpoint checkpoint;
        private final Prover prover;

        private Proofs(Connection connection, SignedCheckpoint checkpoint) {
            this.checkpoint = checkpoint;
            this.prover = new Prover(tiles.reader(connection, checkpoint.size()));
        }

        /** The checkpoint that all of these are under. */
        public SignedCheckpoint checkpoint() {
            return checkpoint;
        }

        /** The vkey of the log's key that signed the checkpoint. */
        public String vkey() {
            return transactions.read(
                    "read the log's key",
                    connection -> keys.signing(connection, checkpoint.size()));
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
            return transactions.read(
                    "read a wider tree", connection -> growth(connection, mine, size));
        }
    }

    /**
     * Makes proofs for the entry with this index: under the newest checkpoint that the operator's
     * quorum of witnesses vouches for, if that covers it; else under the newest that is served.
     *
     * @return what {@code use} returns; empty while no checkpoint covers the entry
     * @throws DataAccessException if the database is out of reach
     */
    public <T> Optional<T> under(long index, Function<Proofs, T> use) {
        return transactions.read(
                "make proofs",
                connection -> {
                    Optional<SignedCheckpoint> checkpoint = covering(connection, index);
                    return checkpoint.map(covering -> use.apply(new Proofs(connection, covering)));
                });
    }

    /** The checkpoint that is served now; empty until the first is signed. */
    public Optional<SignedCheckpoint> served() {
        return transactions.read("read the checkpoint", this::served);
    }

    /** The vkeys of all keys that have ever signed this log, oldest first. */
    public List<String> vkeys() {
        return transactions.read("read the log's keys", keys::all);
    }

    private Optional<SignedCheckpoint> covering(Connection connection, long index)
            throws SQLException {
        if (witnesses.areAsked()) {
            Optional<SignedCheckpoint> witnessed = checkpoints.witnessed(connection);
            if (witnessed.isPresent() && witnessed.get().covers(index)) {
                return witnessed;
            }
        }
        return served(connection).filter(checkpoint -> checkpoint.covers(index));
    }

    private Optional<SignedCheckpoint> served(Connection connection) throws SQLException {
        return witnesses.areAsked()
                ? checkpoints.served(connection, clock.instant())
                : checkpoints.newest(connection);
    }

    private Optional<ConsistencyProof> growth(Connection connection, long from, long to)
            throws SQLException {
        return checkpoints
                .newest(connection)
                .filter(newest -> to <= newest.size())
                .map(newest -> new Prover(tiles.reader(connection, newest.size())))
                .map(wider -> wider.consistency(from, to));
    }
}
