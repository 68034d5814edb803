// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import dev.assent.log.Findings;
import dev.assent.log.RowsByIndex;
import dev.assent.receipt.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Goes through the log once and compares each entry with what it stands for: a record or its
 * tombstone, a policy version and its artefact, a statement. The tables are read side by side, each
 * in the order of the log, so that memory grows with the sites and their policies alone.
 */
public final class EvidenceCheck {
    private static final String ENTRIES = "select index, entry from log_entry order by index";

    private static final int ENTRIES_AHEAD = 10_000;

    /** A document has up to 64 KiB, though most have less than one. */
    private static final int DOCUMENTS_AHEAD = 200;

    /** An artefact has up to 512 KiB, and many have 50. */
    private static final int ARTEFACTS_AHEAD = 20;

    private static final int STRIDE = 10_000;

    private final Connection connection;
    private final Findings findings;
    private final LongConsumer progress;

    /**
     * What there is.
     *
     * @param entries by type, of those that there are any of
     */
    public record Counts(
            Map<Entry.Type, Long> entries,
            long records,
            long tombstones,
            long policyVersions,
            long artefacts,
            long sites) {}

    /**
     * @param connection without auto-commit, in one transaction that sees one state
     * @param progress is told the number of entries that are done
     */
    public EvidenceCheck(Connection connection, Findings findings, LongConsumer progress) {
        this.connection = connection;
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * Checks all of it.
     *
     * @throws SQLException if the database cannot be read
     */
    public Counts run() throws SQLException {
        readInOrder();
        SiteNumbers sites = SiteNumbers.read(connection, findings);
        var types = new EnumMap<Entry.Type, Long>(Entry.Type.class);
        try (RowsByIndex entries = RowsByIndex.read(connection, ENTRIES, ENTRIES_AHEAD);
                Evidence records =
                        evidence(
                                "consent_record",
                                Entry.Type.CONSENT_RECORD,
                                RecordRule.ROWS,
                                new RecordRule(sites, findings));
                Evidence tombstones =
                        evidence(
                                "erasure_tombstone",
                                Entry.Type.CONSENT_RECORD,
                                TombstoneRule.ROWS,
                                new TombstoneRule(sites, findings));
                Evidence policies =
                        evidence(
                                "policy_version",
                                Entry.Type.ARTEFACT,
                                PolicyRule.ROWS,
                                new PolicyRule(sites, findings));
                Evidence statements =
                        evidence(
                                "log_statement",
                                Entry.Type.ERASURE,
                                StatementRule.ROWS,
                                new StatementRule(findings))) {
            List<Evidence> all = List.of(records, tombstones, policies, statements);
            for (long done = 1; !entries.isAtEnd(); entries.advance()) {
                check(entries.index(), entries.row().getBytes(2), all, types);
                if (done++ % STRIDE == 0) {
                    progress.accept(done - 1);
                }
            }
            for (Evidence evidence : all) {
                evidence.end();
            }
            sites.end();
            return new Counts(
                    types,
                    records.count(),
                    tombstones.count(),
                    policies.count(),
                    artefacts(),
                    sites.count());
        }
    }

    private void check(long index, byte[] bytes, List<Evidence> all, Map<Entry.Type, Long> types)
            throws SQLException {
        Entry entry;
        try {
            entry = Entry.parse(bytes);
        } catch (IllegalArgumentException e) {
            findings.add("entry " + index + " is none: " + e.getMessage());
            return;
        }
        types.merge(entry.type(), 1L, Long::sum);
        int found = 0;
        for (Evidence evidence : all) {
            found += evidence.check(index, entry);
        }
        if (found != 1) {
            findings.add(
                    "entry "
                            + index
                            + (found == 0
                                    ? " stands for nothing that is stored"
                                    : " stands for " + found + " things at once"));
        }
    }

    private Evidence evidence(String name, Entry.Type type, String query, Evidence.Rule rule)
            throws SQLException {
        int ahead = type == Entry.Type.ARTEFACT ? ARTEFACTS_AHEAD : DOCUMENTS_AHEAD;
        return new Evidence(name, type, RowsByIndex.read(connection, query, ahead), rule, findings);
    }

    /** By the indexes, which are in the log's order: sorting would write it all to disk again. */
    private void readInOrder() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local enable_sort = off");
            statement.execute("set local enable_hashjoin = off");
        }
    }

    private long artefacts() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select count(*) from artefact");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
