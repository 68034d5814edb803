// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.merkle.TileEdge;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteSigner;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Signs what the log has come to hold: {@link #publish} once a second. Any number of nodes may try;
 * one at a time does.
 */
@Singleton
public final class CheckpointPublisher {
    /** Any number that nobody else uses for an advisory lock in this database. */
    static final long LOCK = 0x617373656e740002L;

    /** A round signs no more than this, so that a long queue does not fill the memory. */
    private static final int MOST_ENTRIES = 1 << 16;

    /** In no transaction of the caller's: what that one has not committed must not be signed. */
    private static final TransactionDefinition COMMITTED_ONLY =
            TransactionDefinition.of(TransactionDefinition.Propagation.REQUIRES_NEW);

    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(" + LOCK + ")";

    private final LogKeys keys;
    private final LogKeyRows keyRows;
    private final TransparencyLog log;
    private final Checkpoints checkpoints;
    private final Tiles tiles;
    private final HeadGuard guard;
    private final TransactionOperations<Connection> transactions;
    private final InstantSource clock;

    CheckpointPublisher(
            LogKeys keys,
            LogKeyRows keyRows,
            TransparencyLog log,
            Checkpoints checkpoints,
            Tiles tiles,
            HeadGuard guard,
            TransactionOperations<Connection> transactions,
            InstantSource clock) {
        this.keys = keys;
        this.keyRows = keyRows;
        this.log = log;
        this.checkpoints = checkpoints;
        this.tiles = tiles;
        this.guard = guard;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Signs a checkpoint over the entries that none covers yet, at most 65,536 of them.
     *
     * @return what was published; empty if there is nothing new, another node is at it, or this one
     *     has not the log's key
     * @throws LogReadException if the database is out of reach; the next round does the same again
     * @throws LogException if the database is not the one whose log was signed
     */
    public Optional<SignedCheckpoint> publish() {
        Optional<NoteSigner> signer = keys.signer();
        return signer.isEmpty()
                ? Optional.empty()
                : transactions.execute(
                        COMMITTED_ONLY,
                        status -> {
                            try {
                                return publish(status.getConnection(), signer.get());
                            } catch (SQLException e) {
                                throw new LogReadException("cannot publish a checkpoint", e);
                            }
                        });
    }

    private Optional<SignedCheckpoint> publish(Connection connection, NoteSigner signer)
            throws SQLException {
        // Given back with the end of the transaction, however it ends: also if this node dies.
        if (!isFirst(connection) || !isCurrent(connection, signer)) {
            return Optional.empty();
        }
        return extend(connection, log.size(connection), signer);
    }

    /**
     * The steps from the newest checkpoint to the next one, over at most {@code size} entries.
     * Whoever calls holds the lock, and commits.
     */
    Optional<SignedCheckpoint> extend(Connection connection, long size, NoteSigner... signers)
            throws SQLException {
        Optional<SignedCheckpoint> last = checkpoints.newest(connection);
        long from = last.map(SignedCheckpoint::size).orElse(0L);
        // The database may have been exchanged under us, by one that lags behind.
        Optional<CheckpointJournal.Signed> signed = keys.newestSigned(signers[0]);
        if (signed.isPresent() && signed.get().size() > from) {
            guard.require(connection, signed.get());
        }
        if (from == size) {
            return Optional.empty();
        }
        long to = Math.min(size, from + MOST_ENTRIES);

        // Entries are committed and never change, so whoever does this again, after a crash at any
        // point from here on, comes to the same tiles and the same root.
        TileEdge edge = TileEdge.read(from, wanted -> tiles.find(connection, wanted));
        requireUnchanged(last, edge);
        tiles.entries(connection, from, to).forEach(entry -> edge.append(Hash.ofLeaf(entry)));

        // A crash here leaves the tiles as they were: they are not committed.
        tiles.grow(connection, edge.grown());

        // A crash here leaves a signature that nobody has seen. Made again, it is the same one.
        SignedCheckpoint next = sign(edge, signers);

        // A crash here leaves a line in the journal over entries that the database holds: at the
        // next start they are found to have that very root.
        note(next, signers[0]);

        // A crash before the commit leaves all as it was, one after it the new checkpoint: for
        // other nodes and auditors it is published with the commit.
        checkpoints.insert(connection, next, clock.instant());
        return Optional.of(next);
    }

    private static SignedCheckpoint sign(TileEdge edge, NoteSigner... signers) {
        String origin = signers[0].verifier().name();
        var checkpoint = new Checkpoint(origin, edge.size(), edge.root());
        return new SignedCheckpoint(
                edge.size(), edge.root(), Note.sign(checkpoint.text(), signers));
    }

    private void note(SignedCheckpoint next, NoteSigner signer) {
        try {
            keys.journal()
                    .append(
                            new CheckpointJournal.Signed(
                                    signer.verifier().name(), next.size(), next.root()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note that a checkpoint is signed", e);
        }
    }

    /** What was signed is what the tiles say: else somebody has changed them. */
    private static void requireUnchanged(Optional<SignedCheckpoint> last, TileEdge edge) {
        if (last.isPresent() && !last.get().root().equals(edge.root())) {
            throw new LogException(
                    "the tiles are not those of the signed checkpoint over "
                            + edge.size()
                            + " entries; './assent fsck' says where they differ");
        }
    }

    private boolean isFirst(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY_LOCK);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Another node may have put the next key in place since this one was started. */
    private boolean isCurrent(Connection connection, NoteSigner signer) throws SQLException {
        return keyRows.newest(connection).equals(Optional.of(signer.verifier().vkey()));
    }
}
