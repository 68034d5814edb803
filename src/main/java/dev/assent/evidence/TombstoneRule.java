// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import dev.assent.log.Findings;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A tombstone stands where a record was, and a statement that came later says so. */
final class TombstoneRule implements Evidence.Rule {
    static final String ROWS =
            """
            select t.log_index, t.site_id, t.seq, t.reason, t.erased_at, t.statement_index, s.document
            from erasure_tombstone t left join log_statement s on s.log_index = t.statement_index
            order by t.log_index
            """;

    private final SiteNumbers sites;
    private final Findings findings;

    TombstoneRule(SiteNumbers sites, Findings findings) {
        this.sites = sites;
        this.findings = findings;
    }

    @Override
    public void check(String what, Entry entry, ResultSet row) throws SQLException {
        sites.take(what, row.getLong("site_id"), row.getLong("seq"));
        findings.require(
                row.getLong("statement_index") > row.getLong("log_index"),
                what + " has a tombstone whose statement is not later than it");
        byte[] document = row.getBytes("document");
        if (document == null) {
            findings.add(what + " has a tombstone without a statement of erasure");
            return;
        }
        try {
            findings.require(
                    states(CanonicalJson.parseCanonicalObject(document), row),
                    what + " has a tombstone of which its statement does not speak");
        } catch (JsonException e) {
            findings.add(
                    what
                            + " has a tombstone whose statement has another form: "
                            + RecordRule.form(e));
        }
    }

    private boolean states(JsonObject statement, ResultSet row) throws SQLException, JsonException {
        long seq = row.getLong("seq");
        return statement.text("site").equals(sites.key(row.getLong("site_id")))
                && statement.integer("first") <= seq
                && seq <= statement.integer("last")
                && statement.text("reason").equals(row.getString("reason"))
                && statement.text("at").equals(RecordRule.instant(row, "erased_at"));
    }
}
