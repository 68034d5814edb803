// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Tile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Makes every tile and every root again from the entries, and compares them with what is stored and
 * signed. Reads the whole log once; the memory that it needs does not grow with the log.
 */
public final class LogCheck {
    private static final String ENTRIES = "select index, entry from log_entry order by index";

    private static final String END = "select coalesce(max(index) + 1, 0) from log_entry";

    private static final String COVERED =
            "select coalesce(max(size), 0) from checkpoint where size <= (" + END + ")";

    private static final String TILES_FROM =
            """
            select index
            from log_tile
            where level = %d and index >= %d
            order by index
            """;

    private static final int ENTRIES_AHEAD = 10_000;
    private static final int CHECKPOINTS_AHEAD = 100;
    private static final int TILE_LEVELS = 8;

    private final Connection connection;
    private final Findings findings;
    private final LongConsumer progress;
    private final RecomputedTree tree;
    private final Optional<Map<String, CheckpointJournal.Signed>> journal;

    /** What was signed last according to the journal, until the tree has come to its size. */
    private Optional<CheckpointJournal.Signed> signed = Optional.empty();

    /**
     * What there is.
     *
     * @param entries in the log
     * @param checkpoints signed
     * @param covered entries under the newest checkpoint that entries are there for
     * @param tiles stored
     * @param journal whether the list of signed checkpoints beside the key could be compared
     */
    public record Counts(
            long entries, long checkpoints, long covered, long tiles, boolean journal) {}

    /**
     * Reads the list of signed checkpoints that lies beside the key, if it is here. A running
     * service adds to it what is about to be committed, so this comes before the transaction's
     * first statement: whatever is listed now, its entries are committed.
     *
     * @param connection without auto-commit, in one transaction that sees one state and has not
     *     begun to look
     * @param key of the log, which need not be here
     * @param progress is told the number of entries that are done
     */
    public LogCheck(Connection connection, KeyFile key, Findings findings, LongConsumer progress) {
        this.connection = connection;
        this.findings = findings;
        this.progress = progress;
        this.tree = new RecomputedTree(connection, findings);
        this.journal = journal(key);
    }

    private static Optional<Map<String, CheckpointJournal.Signed>> journal(KeyFile key) {
        try {
            Map<String, CheckpointJournal.Signed> read =
                    new CheckpointJournal(key.checkpoints()).read();
            return read.isEmpty() ? Optional.empty() : Optional.of(read);
        } catch (LogException e) {
            // Another account's; the log can be checked without it.
            return Optional.empty();
        }
    }

    /**
     * Checks all of it.
     *
     * @throws SQLException if the database cannot be read
     */
    public Counts run() throws SQLException {
        CheckpointCheck checkpoints = CheckpointCheck.read(connection, findings);
        signed = journal.flatMap(read -> checkpoints.origin().map(read::get));
        boolean listed = signed.isPresent();
        long end = number(END);
        long covered = number(COVERED);
        try (RowsByIndex entries = RowsByIndex.read(connection, ENTRIES, ENTRIES_AHEAD);
                RowsByIndex rows =
                        RowsByIndex.read(
                                connection, CheckpointCheck.CHECKPOINTS, CHECKPOINTS_AHEAD)) {
            endAt(covered, 0);
            for (; !rows.isAtEnd(); rows.advance()) {
                growTo(rows.index(), entries);
                checkpoints.check(rows.index(), rows.row(), tree);
                endAt(covered, rows.index());
            }
            growTo(RowsByIndex.END, entries);
        }
        requireWhole(end);
        return new Counts(
                number("select count(*) from log_entry"),
                number("select count(*) from checkpoint"),
                covered,
                number("select count(*) from log_tile"),
                listed);
    }

    /** Takes entries, as long as none is missing. */
    private void growTo(long size, RowsByIndex entries) throws SQLException {
        while (tree.size() < size && entries.index() == tree.size()) {
            tree.append(entries.row().getBytes(2));
            entries.advance();
            if (signed.isPresent() && signed.get().size() == tree.size()) {
                compare(signed.get());
            }
            if (tree.size() % RecomputedTree.STRIDE == 0) {
                progress.accept(tree.size());
            }
        }
    }

    private void compare(CheckpointJournal.Signed listed) {
        findings.require(
                tree.root().equals(listed.root()),
                "the list beside the key says that a checkpoint over "
                        + listed.size()
                        + " entries was signed, and it was over others");
        signed = Optional.empty();
    }

    /** The tiles are stored together with the newest checkpoint, and so end where it does. */
    private void endAt(long covered, long size) throws SQLException {
        if (size != covered || tree.size() != covered) {
            return;
        }
        tree.endHere();
        for (int level = 0; level < TILE_LEVELS; level++) {
            long hashes = covered >> (8 * level);
            long beyond = (hashes + Tile.FULL_WIDTH - 1) / Tile.FULL_WIDTH;
            String query = TILES_FROM.formatted(level, beyond);
            try (RowsByIndex tile = RowsByIndex.read(connection, query, CHECKPOINTS_AHEAD)) {
                for (; !tile.isAtEnd(); tile.advance()) {
                    findings.add(
                            new Tile(level, tile.index(), Tile.FULL_WIDTH).path()
                                    + " is stored, and the log does not reach it");
                }
            }
        }
    }

    /**
     * @param end index of the last entry and 1
     */
    private void requireWhole(long end) throws SQLException {
        long head = number("select size from log_head");
        findings.require(
                head == end, "the head stands at " + head + ", and the entries end at " + end);
        findings.require(
                tree.size() == end,
                "entry "
                        + tree.size()
                        + " is missing: tiles and checkpoints from there on are not checked");
        signed.ifPresent(listed ->
                findings.add(
                        "the list beside the key says that a checkpoint over "
                                + listed.size()
                                + " entries was signed, and there are "
                                + tree.size()));
        progress.accept(tree.size());
    }

    private long number(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
