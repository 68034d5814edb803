// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import dev.assent.web.PublicUrl;
import dev.assent.web.Transactions;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.io.IOException;
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
public final class LogOpening implements ApplicationEventListener<StartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(LogOpening.class);
    private static final String WAIT_FOR_LOCK =
            "select pg_advisory_xact_lock(" + CheckpointPublisher.LOCK + ")";

    private volatile boolean isOpen;
    private final LogKeys keys;
    private final LogKeyRows keyRows;
    private final KeyPeriods periods;
    private final Witnesses witnesses;
    private final PublicUrl publicUrl;
    private final Transactions transactions;

    LogOpening(
            LogKeys keys,
            LogKeyRows keyRows,
            KeyPeriods periods,
            Witnesses witnesses,
            PublicUrl publicUrl,
            Transactions transactions) {
        this.keys = keys;
        this.keyRows = keyRows;
        this.periods = periods;
        this.witnesses = witnesses;
        this.publicUrl = publicUrl;
        this.transactions = transactions;
    }

    /** Before the server answers, unless a key has to be made, which needs the server's address. */
    @Override
    public void onApplicationEvent(StartupEvent event) {
        if (!isNew()) {
            open();
            isOpen = true;
        }
    }

    /** Opens the log unless that is done. */
    public void openIfNew() {
        if (!isOpen) {
            open();
            isOpen = true;
        }
    }

    /**
     * Opens the log. Nodes that start at once do so one after the other.
     *
     * @throws LogException if this node must not sign; it says why and what to do
     */
    void open() {
        KeyFile file = keys.file();
        Optional<NoteSigner> old = file.read();
        Optional<NoteSigner> next = file.next().read();
        if (witnesses.areAsked() && (old.isPresent() || next.isPresent()) && !isRenamed(next)) {
            // Before the transaction: they may take seconds.
            witnesses.requireNoneAhead();
        }
        Optional<NoteSigner> signer = transactions.write("open the log", this::open);
        signer.ifPresent(this::use);
        if (next.isPresent() && isSame(next.get(), signer)) {
            // Not before the commit: until then the old key is the log's.
            old.filter(before -> !isSame(before, signer))
                    .ifPresent(before -> periods.signByBoth(before, next.get()));
            file.takeOver();
        }
    }

    private void use(NoteSigner signer) {
        try {
            keys.journal().requireWritable();
        } catch (IOException e) {
            throw new LogException(
                    "what is signed must be noted beside the key, and cannot be: "
                            + keys.file().checkpoints(),
                    e);
        }
        keys.use(signer);
    }

    private boolean isNew() {
        return keys.file().read().isEmpty()
                && keys.file().next().read().isEmpty()
                && newestKey().isEmpty();
    }

    /** Whether the next key gives the log another name: what the old one came to is past. */
    private boolean isRenamed(Optional<NoteSigner> next) {
        Optional<String> name = newestKey().map(vkey -> verifier(vkey).name());
        return next.isPresent()
                && name.isPresent()
                && !name.get().equals(next.get().verifier().name());
    }

    private Optional<String> newestKey() {
        return transactions.read("read the log's key", keyRows::newest);
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
            periods.rotate(connection, verifier(vkey), next.get());
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
            periods.rotate(connection, verifier(vkey), next.get());
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
