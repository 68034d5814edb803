// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.merkle.TileEdge;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log written into an empty database without any service, within the caller's transaction. */
final class StoredLog {
    static final String ORIGIN = "consent.example.com/log";
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private final Connection connection;
    private final Tiles tiles = new Tiles();
    private final TransparencyLog log = new TransparencyLog();
    NoteSigner key;

    StoredLog(Connection connection) throws Exception {
        this.connection = connection;
        this.key = newKey(ORIGIN);
        open(key);
    }

    static NoteSigner newKey(String origin) throws Exception {
        return NoteSigner.parse(
                NoteSigner.newKey(origin, SignatureType.ED25519, new SecureRandom()));
    }

    /** The next entry says that this is the key now. */
    void open(NoteSigner next) throws SQLException {
        TransparencyLog.Head head = log.lock(connection);
        log.appendStatements(
                connection, head, List.of(LogEvent.opened(next.verifier(), Optional.empty(), AT)));
        new LogKeyRows().insert(connection, head.size(), next.verifier().vkey(), AT);
        key = next;
    }

    /** Appends entries until there are {@code size}. */
    void growTo(long size) throws SQLException {
        run(
                "insert into log_entry (index, entry) select i,"
                        + " decode('01', 'hex') || sha256(convert_to(i::text, 'UTF8'))"
                        + " from generate_series((select size from log_head), "
                        + (size - 1)
                        + ") i");
        run("update log_head set size = " + size);
    }

    /** Signs all that there is. */
    void sign(NoteSigner... signers) throws SQLException {
        long from = number("select coalesce(max(size), 0) from checkpoint");
        long to = log.size(connection);
        TileEdge edge = TileEdge.read(from, wanted -> tiles.find(connection, wanted));
        tiles.entries(connection, from, to).forEach(entry -> edge.append(Hash.ofLeaf(entry)));
        tiles.grow(connection, edge.grown());
        store(note(key.verifier().name(), to, edge.root(), signers), edge.root(), to);
    }

    void sign() throws SQLException {
        sign(key);
    }

    static Note note(String origin, long size, Hash root, NoteSigner... signers) {
        return Note.sign(new Checkpoint(origin, size, root).text(), signers);
    }

    void store(Note note, Hash root, long size) throws SQLException {
        new Checkpoints().insert(connection, new SignedCheckpoint(size, root, note), AT);
    }

    Hash root(long size) throws SQLException {
        TileEdge edge = TileEdge.read(0, wanted -> Map.of());
        tiles.entries(connection, 0, size).forEach(entry -> edge.append(Hash.ofLeaf(entry)));
        return edge.root();
    }

    /** As somebody could who owns the database. */
    void tamper(String sql) throws SQLException {
        run("set local session_replication_role = replica");
        run(sql);
        run("set local session_replication_role = origin");
    }

    long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
