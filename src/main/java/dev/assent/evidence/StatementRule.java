// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import dev.assent.log.Findings;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.OperatorEvent;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement is the document that the log holds the hash of; one of erasure speaks of as many
 * records as there are tombstones that name it, one of an operator's event commits to the event
 * that is stored for it. What other events of the log say is the log's own affair.
 */
final class StatementRule implements Evidence.Rule {
    static final String ROWS =
            """
            select s.log_index, s.document,
                   (select count(*) from erasure_tombstone t where t.statement_index = s.log_index),
                   o.salt, o.document, e.id, e.action, e.subject, e.at
            from log_statement s
                left join operator_event_entry o using (log_index)
                left join operator_event e on e.id = o.event_id
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
            event(what, entry.type(), statement, row);
        } catch (JsonException e) {
            findings.add(what + " has a statement of another form: " + RecordRule.form(e));
        }
    }

    private void event(String what, Entry.Type type, JsonObject statement, ResultSet row)
            throws SQLException, JsonException {
        boolean stated =
                type == Entry.Type.LOG_EVENT && statement.text("event").equals(OperatorEvent.NAME);
        byte[] salt = row.getBytes(4);
        if (!stated || salt == null) {
            findings.require(
                    !stated, what + " is of an operator's event that is not stored any more");
            findings.require(salt == null, what + " is not the entry of an operator's event");
            return;
        }
        byte[] document = row.getBytes(5);
        JsonObject event = CanonicalJson.parseCanonicalObject(document);
        findings.require(
                new OperatorEvent(document, salt, event.text("at")).statement().equals(statement),
                what + " does not commit to its operator's event");
        findings.require(
                event.integer("number") == row.getLong(6)
                        && event.text("action").equals(row.getString(7))
                        && event.text("subject").equals(row.getString(8))
                        && event.text("at").equals(RecordRule.instant(row, "at")),
                what + " has an operator's event that says otherwise than its columns");
    }

    private static long erased(JsonObject statement) throws JsonException {
        return statement.integer("last") - statement.integer("first") + 1;
    }
}
