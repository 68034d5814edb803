// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import dev.assent.log.Findings;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.LeafEncoding;
import dev.assent.web.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A record is what the log committed to, and its columns say what its document says. */
final class RecordRule implements Evidence.Rule {
    static final String ROWS =
            """
            select log_index, site_id, seq, id, policy_version, action, subject,
                   recorded_at, expires_at, salt, document
            from consent_record
            order by log_index
            """;

    private final SiteNumbers sites;
    private final Findings findings;

    RecordRule(SiteNumbers sites, Findings findings) {
        this.sites = sites;
        this.findings = findings;
    }

    @Override
    public void check(String what, Entry entry, ResultSet row) throws SQLException {
        long site = row.getLong("site_id");
        sites.take(what, site, row.getLong("seq"));
        byte[] document = row.getBytes("document");
        try {
            findings.require(
                    LeafEncoding.commitment(row.getBytes("salt"), document).equals(entry.payload()),
                    what + " does not commit to its record");
            JsonObject content = CanonicalJson.parseCanonicalObject(document);
            List<String> other = differences(content, row);
            findings.require(
                    other.isEmpty(),
                    what + " has a record that says otherwise than its columns: " + other);
            Hash named = Hash.fromHex(content.text("policy", "sha256"));
            findings.require(
                    sites.policy(site, row.getInt("policy_version"))
                            .filter(named::equals)
                            .isPresent(),
                    what
                            + " has a record of a policy version that the log does not hold before it");
        } catch (JsonException | IllegalArgumentException e) {
            findings.add(what + " has a record of another form: " + form(e));
        }
    }

    /** The names of what differs, never what it is. */
    private List<String> differences(JsonObject content, ResultSet row)
            throws SQLException, JsonException {
        var other = new ArrayList<String>();
        compare(other, "id", content.text("id"), row.getObject("id", UUID.class).toString());
        compare(other, "site", content.text("site"), sites.key(row.getLong("site_id")));
        compare(other, "seq", content.integer("seq"), row.getLong("seq"));
        compare(
                other,
                "policy",
                content.integer("policy", "version"),
                (long) row.getInt("policy_version"));
        compare(other, "action", content.text("action"), row.getString("action"));
        compare(
                other,
                "subject",
                content.text("subject"),
                Base64.getUrlEncoder().withoutPadding().encodeToString(row.getBytes("subject")));
        compare(other, "recordedAt", content.text("recordedAt"), instant(row, "recorded_at"));
        compare(other, "expiresAt", content.text("expiresAt"), instant(row, "expires_at"));
        return other;
    }

    private static void compare(List<String> other, String name, Object said, Object column) {
        if (!said.equals(column)) {
            other.add(name);
        }
    }

    static String instant(ResultSet row, String column) throws SQLException {
        return Timestamps.format(row.getObject(column, OffsetDateTime.class).toInstant());
    }

    /** Where and why, without what is there. */
    static String form(Exception e) {
        return e instanceof JsonException json
                ? json.getMessage() + (json.pointer().isEmpty() ? "" : " at " + json.pointer())
                : "a salt and a hash have 32 bytes";
    }
}
