// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import dev.assent.web.PublicUrl;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with the log at every start: a new one is opened with a new key; else the key must
 * be the log's, the database must hold what was signed, and a next key takes over.
 */
@Singleton
public final class LogOpening {
    private static final Logger LOG = LoggerFactory.getLogger(LogOpening.class);
    private static final String WAIT_FOR_LOCK =
            "select pg_advisory_xact_lock(" + CheckpointPublisher.LOCK + ")";

    private final LogKeys keys;
    private final LogKeyRows keyRows;
    private final KeyPeriods periods;
    private final Witnesses witnesses;
    private final PublicUrl publicUrl;
    private final TransactionOperations<Connection> transactions;

    LogOpening(
            LogKeys keys,
            LogKeyRows keyRows,
            KeyPeriods periods,
            Witnesses witnesses,
            PublicUrl publicUrl,
            TransactionOperations<Connection> transactions) {
        this.keys = keys;
        this.keyRows = keyRows;
        this.periods = periods;
        this.witnesses = witnesses;
        this.publicUrl = publicUrl;
        this.transactions = transactions;
    }

    /**
     * Opens the log. Nodes that start at once do so one after the other.
     *
     * @throws LogException if this node must not sign; it says why and what to do
     */
    public void open() {
        if (witnesses.areAsked() && keys.file().read().isPresent() && !isRenamed()) {
            // Before the transaction: they may take seconds.
            witnesses.requireNoneAhead();
        }
        Optional<NoteSigner> signer =
                transactions.executeWrite(status -> {
                    try {
                        return open(status.getConnection());
                    } catch (SQLException e) {
                        throw new LogReadException("cannot open the log", e);
                    }
                });
        signer.ifPresent(keys::use);
        // Not before the commit: until then the old key is the log's.
        keys.file()
                .next()
                .read()
                .filter(next -> isSame(next, signer))
                .ifPresent(next -> keys.file().takeOver());
    }

    /** Whether the next key gives the log another name: what the old one came to is past. */
    private boolean isRenamed() {
        Optional<NoteSigner> key = keys.file().read();
        Optional<NoteSigner> next = keys.file().next().read();
        return key.isPresent()
                && next.isPresent()
                && !key.get().verifier().name().equals(next.get().verifier().name());
    }

    private Optional<NoteSigner> open(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(WAIT_FOR_LOCK);
        }
        Optional<String> vkey = keyRows.newest(connection);
        if (vkey.isEmpty()) {
            NoteSigner key = firstKey();
            periods.open(connection, key);
            return Optional.of(key);
        }
        Optional<NoteSigner> next = keys.file().next().read();
        if (next.isPresent() && next.get().verifier().vkey().equals(vkey.get())) {
            // It took over already; only its file is not in place yet.
            return next;
        }
        return keepOn(connection, vkey.get(), next);
    }

    /** Made here, unless the operator has brought one. */
    private NoteSigner firstKey() {
        KeyFile file = keys.file();
        return file.next().read().or(file::read).orElseGet(() -> file.create(origin()));
    }

    private Optional<NoteSigner> keepOn(
            Connection connection, String vkey, Optional<NoteSigner> next) throws SQLException {
        Optional<NoteSigner> signer = keys.file().read();
        if (signer.isEmpty() && next.isPresent()) {
            // The old key is lost; the operator has made another one.
            periods.rotate(connection, verifier(vkey), Optional.empty(), next.get());
            return next;
        }
        if (signer.isEmpty()) {
            LOG.warn(
                    "this node has not the log's key: there is no {}. It records and serves, and"
                            + " leaves signing to the nodes that have it",
                    keys.file().path());
            return signer;
        }
        if (!signer.get().verifier().vkey().equals(vkey)) {
            throw new LogException(
                    "the key in "
                            + keys.file().path()
                            + " is not that of the log in this database, which is "
                            + vkey
                            + ". Name the file with that key in ASSENT_LOG_KEY_FILE; to change the"
                            + " log's key use './assent key next'.");
        }
        if (next.isPresent()) {
            periods.rotate(connection, verifier(vkey), signer, next.get());
            return next;
        }
        periods.requireSigned(connection, signer.get());
        return signer;
    }

    private static NoteVerifier verifier(String vkey) {
        try {
            return NoteVerifier.parse(vkey, SignatureType.ED25519);
        } catch (NoteException e) {
            throw new IllegalStateException("a stored vkey is none: " + vkey, e);
        }
    }

    private static boolean isSame(NoteSigner next, Optional<NoteSigner> signer) {
        return signer.isPresent() && signer.get().verifier().vkey().equals(next.verifier().vkey());
    }

    /** The log's name: its public address without scheme. */
    private String origin() {
        URI address = publicUrl.uri();
        return address.getRawAuthority() + address.getRawPath() + "/log";
    }
}
