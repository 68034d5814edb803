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

/** A policy version is the artefact that the log holds the hash of, and that names it. */
final class PolicyRule implements Evidence.Rule {
    static final String ROWS =
            """
            select log_index, site_id, version, sha256, widget_sha256, published_at, effective_at,
                   document
            from policy_version left join artefact using (sha256)
            order by log_index
            """;

    private final SiteNumbers sites;
    private final Findings findings;

    PolicyRule(SiteNumbers sites, Findings findings) {
        this.sites = sites;
        this.findings = findings;
    }

    @Override
    public void check(String what, Entry entry, ResultSet row) throws SQLException {
        Hash sha256 = Hash.fromBytes(row.getBytes("sha256"));
        findings.require(
                sha256.equals(entry.payload()),
                what + " is not over its policy version's artefact");
        sites.takePolicy(row.getLong("site_id"), row.getInt("version"), sha256);
        byte[] document = row.getBytes("document");
        if (document == null) {
            findings.add(what + " has a policy version without an artefact");
            return;
        }
        findings.require(
                Hash.of(document).equals(sha256), what + " has an artefact of another hash");
        try {
            findings.require(
                    agrees(
                            CanonicalJson.parseCanonicalObject(
                                    document, CanonicalJson.MAX_ARTEFACT_BYTES),
                            row),
                    what + " has an artefact that says otherwise than its policy version");
        } catch (JsonException e) {
            findings.add(what + " has an artefact of another form: " + RecordRule.form(e));
        }
    }

    private boolean agrees(JsonObject artefact, ResultSet row) throws SQLException, JsonException {
        return artefact.text("site").equals(sites.key(row.getLong("site_id")))
                && artefact.integer("version") == row.getInt("version")
                && artefact.text("widget")
                        .equals(Hash.fromBytes(row.getBytes("widget_sha256")).hex())
                && artefact.text("publishedAt").equals(RecordRule.instant(row, "published_at"))
                && artefact.text("effectiveAt").equals(RecordRule.instant(row, "effective_at"));
    }
}
