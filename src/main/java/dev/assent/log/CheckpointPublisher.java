// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.merkle.TileEdge;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteSigner;
import dev.assent.web.Transactions;
import io.micronaut.data.exceptions.DataAccessException;
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

    /** A round takes milliseconds; one that hangs is not waited for. */
    private static final String WAIT_FOR_LOCK =
            "set local lock_timeout = '2s'; select pg_advisory_xact_lock(" + LOCK + ")";

    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(" + LOCK + ")";

    private final LogKeys keys;
    private final LogKeyRows keyRows;
    private final TransparencyLog log;
    private final Checkpoints checkpoints;
    private final Tiles tiles;
    private final HeadGuard guard;
    private final Transactions transactions;
    private final InstantSource clock;

    CheckpointPublisher(
            LogKeys keys,
            LogKeyRows keyRows,
            TransparencyLog log,
            Checkpoints checkpoints,
            Tiles tiles,
            HeadGuard guard,
            Transactions transactions,
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
     * What a round came to.
     *
     * @param checkpoint that was published
     * @param isBehind whether there was more to sign than one round may
     */
    public record Round(SignedCheckpoint checkpoint, boolean isBehind) {}

    /**
     * Signs a checkpoint over the entries that none covers yet, at most 65,536 of them.
     *
     * @return what was published; empty if there is nothing new, another node is at it, or this one
     *     has not the log's key
     * @throws DataAccessException if the database is out of reach; the next round does the same
     *     again
     * @throws LogException if the database is not the one whose log was signed
     */
    public Optional<Round> publish() {
        return keys.signer().flatMap(signer -> publish(this::isFirst, signer));
    }

    /**
     * The same for somebody who waits for it: a round that is under way, on whichever node, may
     * have begun too early for what they have committed, and is waited for.
     */
    Optional<Round> publishNow() {
        return keys.signer().flatMap(signer -> publish(this::isNext, signer));
    }

    /**
     * The same, signed by several keys of one name.
     *
     * @param signers the log's key first
     */
    Optional<Round> publish(NoteSigner... signers) {
        return publish(this::isNext, signers);
    }

    private Optional<Round> publish(Transactions.Work<Boolean> turn, NoteSigner... signers) {
        keys.requireNotStopped();
        // In no transaction of the caller's: what that one has not committed must not be signed.
        return transactions.writeApart(
                "publish a checkpoint", connection -> publish(connection, turn, signers));
    }

    private Optional<Round> publish(
            Connection connection, Transactions.Work<Boolean> turn, NoteSigner... signers)
            throws SQLException {
        Optional<SignedCheckpoint> last = checkpoints.newest(connection);
        requireStillThere(connection, last, signers[0]);
        requireCurrent(connection, signers[0]);
        // Given back with the end of the transaction, however it ends: also if this node dies.
        return turn.on(connection) ? extend(connection, signers) : Optional.empty();
    }

    /**
     * The database may have been exchanged under us, by one that lags behind. Each node that has
     * the key notes what it sees, so that whichever goes on knows what the others have signed.
     */
    private void requireStillThere(
            Connection connection, Optional<SignedCheckpoint> last, NoteSigner signer)
            throws SQLException {
        long size = last.map(SignedCheckpoint::size).orElse(0L);
        Optional<CheckpointJournal.Signed> signed = keys.newestSigned(signer);
        long noted = signed.map(CheckpointJournal.Signed::size).orElse(0L);
        if (noted > size || (noted == size && !isThere(signed, last))) {
            guard.require(connection, signed.orElseThrow());
        } else if (size > noted && last.orElseThrow().origin().equals(signer.verifier().name())) {
            note(last.orElseThrow());
        }
    }

    private static boolean isThere(
            Optional<CheckpointJournal.Signed> signed, Optional<SignedCheckpoint> last) {
        return signed.map(CheckpointJournal.Signed::root).equals(last.map(SignedCheckpoint::root));
    }

    /**
     * The steps from the newest checkpoint to the next one. The lock is held; whoever calls
     * commits.
     */
    private Optional<Round> extend(Connection connection, NoteSigner... signers)
            throws SQLException {
        // Read anew under the lock, and the size after it.
        Optional<SignedCheckpoint> last = checkpoints.newest(connection);
        long from = last.map(SignedCheckpoint::size).orElse(0L);
        long size = log.size(connection);
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
        note(next);

        // A crash before the commit leaves all as it was, one after it the new checkpoint: for
        // other nodes and auditors it is published with the commit.
        checkpoints.insert(connection, next, clock.instant());
        return Optional.of(new Round(next, to < size));
    }

    private static SignedCheckpoint sign(TileEdge edge, NoteSigner... signers) {
        String origin = signers[0].verifier().name();
        var checkpoint = new Checkpoint(origin, edge.size(), edge.root());
        return new SignedCheckpoint(
                edge.size(), edge.root(), Note.sign(checkpoint.text(), signers));
    }

    private void note(SignedCheckpoint signed) {
        try {
            keys.journal()
                    .append(
                            new CheckpointJournal.Signed(
                                    signed.origin(), signed.size(), signed.root()));
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

    private boolean isNext(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAIT_FOR_LOCK)) {
            statement.execute();
            return true;
        }
    }

    private boolean isFirst(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY_LOCK);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Another node may have put the next key in place since this one was started. */
    private void requireCurrent(Connection connection, NoteSigner signer) throws SQLException {
        Optional<String> vkey = keyRows.newest(connection);
        if (!vkey.equals(Optional.of(signer.verifier().vkey()))) {
            throw new LogException(
                    "the log goes on under another key, "
                            + vkey.orElse("none")
                            + ": copy its file to "
                            + keys.file().path()
                            + " and start this node again");
        }
    }
}
