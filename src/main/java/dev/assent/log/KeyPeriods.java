// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The periods of the log's keys, each opened and closed by an entry of its own. Inside the caller's
 * transaction, under the publisher's lock.
 */
@Singleton
final class KeyPeriods {
    private static final Logger LOG = LoggerFactory.getLogger(KeyPeriods.class);

    private final LogKeys keys;
    private final LogKeyRows keyRows;
    private final TransparencyLog log;
    private final Checkpoints checkpoints;
    private final CheckpointPublisher publisher;
    private final HeadGuard guard;
    private final InstantSource clock;

    KeyPeriods(
            LogKeys keys,
            LogKeyRows keyRows,
            TransparencyLog log,
            Checkpoints checkpoints,
            CheckpointPublisher publisher,
            HeadGuard guard,
            InstantSource clock) {
        this.keys = keys;
        this.keyRows = keyRows;
        this.log = log;
        this.checkpoints = checkpoints;
        this.publisher = publisher;
        this.guard = guard;
        this.clock = clock;
    }

    /** Opens the log under its first key. */
    void open(Connection connection, NoteSigner key) throws SQLException {
        requireSigned(connection, key);
        begin(connection, key, List.of(), Optional.empty());
        LOG.info("opened the log {}", key.verifier().vkey());
    }

    /**
     * Returns if the database holds what was signed under the key's name.
     *
     * @throws LogException if it does not
     */
    void requireSigned(Connection connection, NoteSigner key) throws SQLException {
        Optional<CheckpointJournal.Signed> signed = keys.newestSigned(key);
        if (signed.isPresent()) {
            guard.require(connection, signed.get());
        }
    }

    /**
     * Closes the log under one key and goes on under the next. Under a new name the old one is left
     * where it was.
     */
    void rotate(Connection connection, NoteVerifier before, NoteSigner next) throws SQLException {
        boolean sameName = before.name().equals(next.verifier().name());
        if (sameName) {
            requireSigned(connection, next);
        }
        var previous = new LogEvent.Previous(before.vkey(), checkpoints.newest(connection));
        List<TransparencyLog.Statement> closing =
                sameName ? List.of(LogEvent.closed(before, next.verifier(), now())) : List.of();
        begin(connection, next, closing, Optional.of(previous));
        LOG.info("the log goes on under the key {}", next.verifier().vkey());
    }

    private void begin(
            Connection connection,
            NoteSigner key,
            List<TransparencyLog.Statement> closing,
            Optional<LogEvent.Previous> previous)
            throws SQLException {
        TransparencyLog.Head head = log.lock(connection);
        var events = new ArrayList<>(closing);
        events.add(LogEvent.opened(key.verifier(), previous, now()));
        log.appendStatements(connection, head, events);
        long opened = head.size() + closing.size();
        keyRows.insert(connection, opened, key.verifier().vkey(), now());
    }

    /**
     * Has both keys sign the checkpoint that covers the change, if none covers it yet: after the
     * change is committed, so that nothing is signed that a failing commit takes back.
     */
    void signByBoth(NoteSigner old, NoteSigner next) {
        boolean isBehind = old.verifier().name().equals(next.verifier().name());
        while (isBehind) {
            isBehind =
                    publisher
                            .publish(next, old)
                            .filter(CheckpointPublisher.Round::isBehind)
                            .isPresent();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
