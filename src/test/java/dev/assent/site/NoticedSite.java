// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.account.Isolation;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.site.RawClient.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A site in English and French whose versions may take effect later, and what its script tells. */
record NoticedSite(EmbeddedServer server, TestDatabase database, String siteKey) {
    private static final String DRAFT =
            """
            {"controller":{"name":"Shop Ltd"},"defaultLanguage":"en",
             "purposes":[{"id":"session","required":true}],"texts":{"en":{},"fr":{}}}
            """;

    /** A new one without a version, made and given its draft as an owner does. */
    static NoticedSite make(EmbeddedServer server, TestDatabase database) {
        TestApi api = TestApi.of(server.getURI());
        String wish = "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}";
        String siteKey = api.post("/v1/admin/sites", wish).text("siteKey");
        api.send("PUT", "/v1/admin/sites/" + siteKey + "/draft", DRAFT);
        return new NoticedSite(server, database, siteKey);
    }

    /** Where its versions are published. */
    String policies() {
        return "/v1/admin/sites/" + siteKey + "/policies";
    }

    /** As an owner does: signed at once. */
    TestApi.Answer publish(@Nullable Instant effectiveAt, @Nullable Integer days) {
        String at = effectiveAt == null ? "" : ",\"effectiveAt\":\"" + effectiveAt + "\"";
        String announced = days == null ? "" : ",\"announceDays\":" + days;
        TestApi.Answer made =
                TestApi.of(server.getURI())
                        .post(
                                policies(),
                                "{\"material\":true,\"reason\":\"test\"" + at + announced + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made;
    }

    /** Published and not yet under a checkpoint. */
    void publishUnsigned(@Nullable Instant effectiveAt, @Nullable Integer days)
            throws SQLException {
        long organization =
                database.number("select organization_id from site where site_key = ?", siteKey);
        var wish = new NewPolicy(true, "test", effectiveAt, days);
        bean(Isolation.class)
                .within(
                        organization,
                        () -> bean(PolicyPublisher.class).publish(organization, siteKey, wish));
    }

    /** Its draft, for a site that was put into the database by hand. */
    void giveDraft() throws SQLException {
        database.execute(
                "insert into policy_draft select id, convert_to(?, 'UTF8'), now() from site"
                        + " where site_key = ?",
                DRAFT,
                siteKey);
    }

    /** Its script, by its name. */
    Answer script(String query) throws IOException {
        return RawClient.get(server.getPort(), "/w/" + siteKey + ".js" + query);
    }

    /** The same by its hash. */
    Answer byHash(byte[] script) throws IOException {
        return RawClient.get(
                server.getPort(), "/w/" + siteKey + "/" + Hash.of(script).hex() + ".js");
    }

    /** What the script hands to the widget. */
    JsonObject payload(String query) throws IOException, JsonException {
        Answer answer = script(query);
        assertThat(answer.status()).isEqualTo(200);
        byte[] payload = SiteScript.payload(answer.body(), bean(PackedWidget.class).plain());
        return CanonicalJson.parseObject(payload, 1 << 20);
    }

    /** That {@code version} is asked for, and {@code announced} told of; 0 where none is. */
    void assertShown(int version, int announced) throws IOException, JsonException {
        for (String query : new String[] {"", "?language=en", "?language=fr"}) {
            JsonObject payload = payload(query);
            assertThat(payload.integer("version")).isEqualTo(version);
            long told =
                    payload.keys().contains("notice") ? payload.integer("notice", "version") : 0;
            assertThat(told).isEqualTo(announced);
        }
    }

    private <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }
}
