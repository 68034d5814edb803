// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import dev.assent.log.Findings;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement is the document that the log holds the hash of; one of erasure speaks of as many
 * records as there are tombstones that name it. What events of the log say is the log's own affair.
 */
final class StatementRule implements Evidence.Rule {
    static final String ROWS =
            """
            select s.log_index, s.document,
                   (select count(*) from erasure_tombstone t where t.statement_index = s.log_index)
            from log_statement s
            order by s.log_index
            """;

    private final Findings findings;

    StatementRule(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void check(String what, Entry entry, ResultSet row) throws SQLException {
        byte[] document = row.getBytes(2);
        findings.require(
                Hash.of(document).equals(entry.payload()), what + " is not over its statement");
        try {
            JsonObject statement = CanonicalJson.parseCanonicalObject(document);
            long tombstones = row.getLong(3);
            long stated = entry.type() == Entry.Type.ERASURE ? erased(statement) : 0;
            findings.require(
                    stated == tombstones,
                    what + " states " + stated + " erasures, and " + tombstones + " name it");
        } catch (JsonException e) {
            findings.add(what + " has a statement of another form: " + RecordRule.form(e));
        }
    }

    private static long erased(JsonObject statement) throws JsonException {
        return statement.integer("last") - statement.integer("first") + 1;
    }
}
