// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.account.Isolation;
import dev.assent.log.CheckpointSchedule;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.site.RawClient.Answer;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Notice of a version that takes effect later. The log signs when a test says so, and the clock
 * stands where it is put.
 */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Property(name = "spec.name", value = "NoticeTest")
@Property(name = "assent.checkpoint-interval", value = "60s")
class NoticeTest implements TestPropertyProvider {
    private static final String DRAFT =
            "{\"controller\":{\"name\":\"Shop Ltd\"},\"defaultLanguage\":\"en\","
                    + "\"purposes\":[{\"id\":\"session\",\"required\":true}],"
                    + "\"texts\":{\"en\":{},\"fr\":{}}}";

    @Inject EmbeddedServer server;
    @Inject PackedWidget widget;
    @Inject PolicyPublisher publisher;
    @Inject Isolation isolation;
    @Inject CheckpointSchedule log;
    @Inject SetClock clock;

    @Property(name = "assent.database.url")
    String url;

    private TestApi api;
    private String siteKey;
    private Instant start;

    @Singleton
    @Primary
    @Replaces(InstantSource.class)
    @Requires(property = "spec.name", value = "NoticeTest")
    static class SetClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }
    }

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = TestApi.properties();
        properties.remove("assent.checkpoint-interval");
        return properties;
    }

    @BeforeEach
    void makeSite() {
        clock.ahead = Duration.ZERO;
        start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        api = TestApi.of(server.getURI());
        siteKey =
                api.post(
                                "/v1/admin/sites",
                                "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}")
                        .text("siteKey");
        api.send("PUT", "/v1/admin/sites/" + siteKey + "/draft", DRAFT);
    }

    @Test
    void announcedVersion_isToldOfUntilItIsLive() throws Exception {
        String first = publish(null, null).text("sha256");
        byte[] plain = get("").body();
        JsonObject before = payload("");
        String second = publish(day(10), 5).text("sha256");

        for (String query : new String[] {"", "?language=fr"}) {
            JsonObject now = payload(query);
            assertThat(now.integer("version")).isEqualTo(1);
            assertThat(now.text("sha256")).isEqualTo(first);
            assertThat(CanonicalJson.writeText(now.object("notice")))
                    .isEqualTo(
                            "{\"at\":%d,\"from\":%d,\"sha256\":\"%s\",\"version\":2}"
                                    .formatted(
                                            day(10).getEpochSecond(),
                                            day(5).getEpochSecond(),
                                            second));
        }
        var same = JsonObject.builder();
        payload("")
                .members()
                .forEach((key, value) -> {
                    if (!key.equals("notice")) {
                        same.put(key, value);
                    }
                });
        assertThat(same.build()).isEqualTo(before);
        assertThat(api.get("/v1/artefacts/" + second).json().integer("announceDays")).isEqualTo(5);
        assertThat(api.get("/v1/artefacts/" + first).json().keys()).doesNotContain("announceDays");

        byte[] announcing = get("").body();
        byte[] french = get("?language=fr").body();
        for (byte[] script : new byte[][] {announcing, french, plain}) {
            assertThat(byHash(script).body()).isEqualTo(script);
        }

        clock.ahead = Duration.ofDays(10).plusSeconds(1);
        assertShown(2, 0);
        assertThat(byHash(announcing).body()).isEqualTo(announcing);
    }

    @Test
    void laterPublication_callsTheNoticeOff() throws Exception {
        publish(null, null);
        byte[] plain = get("").body();
        publish(day(10), 10);
        assertShown(1, 2);
        publish(day(20), null);
        assertShown(1, 0);
        assertThat(get("").body()).isEqualTo(plain);
        publish(day(30), 90);
        assertShown(1, 4);
        publish(null, null);
        assertShown(5, 0);
        clock.ahead = Duration.ofDays(31);
        assertShown(5, 0);
    }

    @Test
    void versionsThatComeBefore_carryTheNoticeToo() throws Exception {
        publish(null, null);
        publish(day(5), null);
        publish(day(10), 30);
        assertShown(1, 3);
        clock.ahead = Duration.ofDays(5).plusSeconds(1);
        assertShown(2, 3);
        clock.ahead = Duration.ofDays(10).plusSeconds(1);
        assertShown(3, 0);
    }

    @Test
    void versionThatOvertakes_isAnnouncedByTheLiveOneOnly() throws Exception {
        publish(null, null);
        publish(day(10), null);
        publish(day(5), 5);
        assertShown(1, 3);
        clock.ahead = Duration.ofDays(5).plusSeconds(1);
        assertShown(3, 0);
        clock.ahead = Duration.ofDays(10).plusSeconds(1);
        assertShown(3, 0);
    }

    @Test
    void firstVersion_announcesToNobody() throws Exception {
        assertThat(publish(day(3), 3).status()).isEqualTo(201);
        assertThat(get("").status()).isEqualTo(404);
        clock.ahead = Duration.ofDays(3).plusSeconds(1);
        assertShown(1, 0);
    }

    @Test
    void versionStillPending_carriesTheNoticeOnceItIsLive() throws Exception {
        unsigned(null, null);
        unsigned(day(10), 5);
        assertThat(get("").status()).isEqualTo(404);
        log.hurry();
        await().untilAsserted(() -> assertShown(1, 2));
    }

    @Test
    void announcedVersion_isNotToldOfBeforeTheLogCoversIt() throws Exception {
        publish(null, null);
        byte[] plain = get("").body();
        unsigned(day(10), 5);
        assertShown(1, 0);
        assertThat(get("").body()).isEqualTo(plain);
        log.hurry();
        await().untilAsserted(() -> assertShown(1, 2));
    }

    @Test
    void pendingPublication_callsTheNoticeOffAtOnce() throws Exception {
        publish(null, null);
        publish(day(10), 5);
        assertShown(1, 2);
        unsigned(null, null);
        assertShown(1, 0);
        log.hurry();
        await().untilAsserted(() -> assertShown(3, 0));
    }

    @Test
    void versionOfAnEarlierBuild_keepsItsWidget() throws Exception {
        TestScripts byHand = new TestScripts(url);
        siteKey = byHand.newSite();
        SiteScript plain = byHand.publish(siteKey, 1, TestScripts.LONG_AGO, log::hurry);
        giveDraft();
        unsigned(day(10), 5);
        log.hurry();
        String before = new String(plain.identity(), java.nio.charset.StandardCharsets.UTF_8);
        await().untilAsserted(() ->
                assertThat(get("").text())
                        .startsWith(before.substring(0, before.indexOf("{\"text\"")))
                        .contains("{\"notice\":{\"at\":" + day(10).getEpochSecond()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"announceDays\":5                        | /announceDays",
                "\"effectiveAt\":DAY10,\"announceDays\":0  | /announceDays",
                "\"effectiveAt\":DAY10,\"announceDays\":91 | /announceDays",
                "\"effectiveAt\":DAY10,\"announceDays\":-1 | /announceDays",
                "\"effectiveAt\":DAY10,\"announceDays\":\"5\" | /announceDays",
                "\"effectiveAt\":DAY10,\"announceDays\":[] | /announceDays",
                "\"effectiveAt\":PAST,\"announceDays\":5   | /effectiveAt",
                "\"effectiveAt\":\"soon\",\"announceDays\":5 | /effectiveAt",
            })
    void unfitAnnouncement_isRefusedWhereItStands(String fields, String pointer) {
        String wish =
                "{\"material\":true,\"reason\":\"x\","
                        + fields.replace("DAY10", "\"" + day(10) + "\"")
                                .replace("PAST", "\"" + start.minusSeconds(5) + "\"")
                        + "}";
        TestApi.Answer refused = api.post(policies(), wish);
        TestApi.assertProblem(refused.response(), 422, "invalid-publication");
        assertThat(refused.pointers()).containsExactly(pointer);
        assertThat(api.get(policies()).body()).isEqualTo("[]");
    }

    private void assertShown(int version, int announced) throws IOException, JsonException {
        for (String query : new String[] {"", "?language=en", "?language=fr"}) {
            JsonObject payload = payload(query);
            assertThat(payload.integer("version")).isEqualTo(version);
            long told =
                    payload.keys().contains("notice") ? payload.integer("notice", "version") : 0;
            assertThat(told).isEqualTo(announced);
        }
    }

    /** As an owner does: signed at once. */
    private TestApi.Answer publish(@Nullable Instant effectiveAt, @Nullable Integer days) {
        TestApi.Answer made =
                api.post(
                        policies(),
                        "{\"material\":true,\"reason\":\"test\""
                                + (effectiveAt == null
                                        ? ""
                                        : ",\"effectiveAt\":\"" + effectiveAt + "\"")
                                + (days == null ? "" : ",\"announceDays\":" + days)
                                + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made;
    }

    /** Published and not yet under a checkpoint. */
    private void unsigned(@Nullable Instant effectiveAt, @Nullable Integer days)
            throws SQLException {
        long organization = organization();
        var wish = new NewPolicy(true, "test", effectiveAt, days);
        isolation.within(organization, () -> publisher.publish(organization, siteKey, wish));
    }

    private Instant day(int number) {
        return start.plus(Duration.ofDays(number));
    }

    private String policies() {
        return "/v1/admin/sites/" + siteKey + "/policies";
    }

    private Answer get(String query) throws IOException {
        return RawClient.get(server.getPort(), "/w/" + siteKey + ".js" + query);
    }

    private Answer byHash(byte[] script) throws IOException {
        return RawClient.get(
                server.getPort(), "/w/" + siteKey + "/" + Hash.of(script).hex() + ".js");
    }

    private JsonObject payload(String query) throws IOException, JsonException {
        Answer answer = get(query);
        assertThat(answer.status()).isEqualTo(200);
        byte[] script = answer.body();
        return CanonicalJson.parseObject(SiteScript.payload(script, widget.plain()), 1 << 20);
    }

    private long organization() throws SQLException {
        try (var connection = TestServers.connect(url);
                var statement =
                        connection.prepareStatement(
                                "select organization_id from site where site_key = ?")) {
            statement.setString(1, siteKey);
            var row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private void giveDraft() throws SQLException {
        try (var connection = TestServers.connect(url);
                var statement =
                        connection.prepareStatement(
                                "insert into policy_draft select id, convert_to(?, 'UTF8'), now()"
                                        + " from site where site_key = ?")) {
            statement.setString(1, DRAFT);
            statement.setString(2, siteKey);
            statement.execute();
        }
    }
}
