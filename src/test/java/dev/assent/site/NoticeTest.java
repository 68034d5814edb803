// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.MovedClock;
import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.log.CheckpointSchedule;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Notice of a version that takes effect later. The log signs when a test says so, and the clock is
 * put forward.
 */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Property(name = "moved-clock", value = "true")
@Property(name = "assent.checkpoint-interval", value = "60s")
class NoticeTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;
    @Inject CheckpointSchedule log;
    @Inject MovedClock clock;

    @Property(name = "assent.database.url")
    String url;

    private TestApi api;
    private NoticedSite site;
    private Instant start;

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = TestApi.properties();
        properties.remove("assent.checkpoint-interval");
        return properties;
    }

    @BeforeEach
    void makeSite() {
        clock.reset();
        start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        api = TestApi.of(server.getURI());
        site = NoticedSite.make(server, new TestDatabase(url));
    }

    @Test
    void announcedVersion_isToldOfUntilItIsLive() throws Exception {
        String first = site.publish(null, null).text("sha256");
        byte[] plain = site.script("").body();
        JsonObject before = site.payload("");
        String second = site.publish(day(10), 5).text("sha256");

        for (String query : new String[] {"", "?language=fr"}) {
            JsonObject now = site.payload(query);
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
        site.payload("")
                .members()
                .forEach((key, value) -> {
                    if (!key.equals("notice")) {
                        same.put(key, value);
                    }
                });
        assertThat(same.build()).isEqualTo(before);
        assertThat(api.get("/v1/artefacts/" + second).json().integer("announceDays")).isEqualTo(5);
        assertThat(api.get("/v1/artefacts/" + first).json().keys()).doesNotContain("announceDays");

        byte[] announcing = site.script("").body();
        byte[] french = site.script("?language=fr").body();
        for (byte[] script : new byte[][] {announcing, french, plain}) {
            assertThat(site.byHash(script).body()).isEqualTo(script);
        }

        clock.advance(Duration.ofDays(10).plusSeconds(1));
        site.assertShown(2, 0);
        assertThat(site.byHash(announcing).body()).isEqualTo(announcing);
    }

    @Test
    void laterPublication_callsTheNoticeOff() throws Exception {
        site.publish(null, null);
        byte[] plain = site.script("").body();
        site.publish(day(10), 10);
        site.assertShown(1, 2);
        site.publish(day(20), null);
        site.assertShown(1, 0);
        assertThat(site.script("").body()).isEqualTo(plain);
        site.publish(day(30), 90);
        site.assertShown(1, 4);
        site.publish(null, null);
        site.assertShown(5, 0);
        clock.advance(Duration.ofDays(31));
        site.assertShown(5, 0);
    }

    @Test
    void versionsThatComeBefore_carryTheNoticeToo() throws Exception {
        site.publish(null, null);
        site.publish(day(5), null);
        site.publish(day(10), 30);
        site.assertShown(1, 3);
        clock.advance(Duration.ofDays(5).plusSeconds(1));
        site.assertShown(2, 3);
        clock.advance(Duration.ofDays(5));
        site.assertShown(3, 0);
    }

    @Test
    void versionThatOvertakes_isAnnouncedByTheLiveOneOnly() throws Exception {
        site.publish(null, null);
        site.publish(day(10), null);
        site.publish(day(5), 5);
        site.assertShown(1, 3);
        clock.advance(Duration.ofDays(5).plusSeconds(1));
        site.assertShown(3, 0);
        clock.advance(Duration.ofDays(5));
        site.assertShown(3, 0);
    }

    @Test
    void firstVersion_announcesToNobody() throws Exception {
        assertThat(site.publish(day(3), 3).status()).isEqualTo(201);
        assertThat(site.script("").status()).isEqualTo(404);
        clock.advance(Duration.ofDays(3).plusSeconds(1));
        site.assertShown(1, 0);
    }

    @Test
    void versionStillPending_carriesTheNoticeOnceItIsLive() throws Exception {
        site.publishUnsigned(null, null);
        site.publishUnsigned(day(10), 5);
        assertThat(site.script("").status()).isEqualTo(404);
        log.hurry();
        await().untilAsserted(() -> site.assertShown(1, 2));
    }

    @Test
    void announcedVersion_isNotToldOfBeforeTheLogCoversIt() throws Exception {
        site.publish(null, null);
        byte[] plain = site.script("").body();
        site.publishUnsigned(day(10), 5);
        site.assertShown(1, 0);
        assertThat(site.script("").body()).isEqualTo(plain);
        log.hurry();
        await().untilAsserted(() -> site.assertShown(1, 2));
    }

    @Test
    void pendingPublication_callsTheNoticeOffAtOnce() throws Exception {
        site.publish(null, null);
        site.publish(day(10), 5);
        site.assertShown(1, 2);
        site.publishUnsigned(null, null);
        site.assertShown(1, 0);
        log.hurry();
        await().untilAsserted(() -> site.assertShown(3, 0));
    }

    @Test
    void versionOfAnEarlierBuild_keepsItsWidget() throws Exception {
        TestScripts byHand = new TestScripts(url);
        site = new NoticedSite(server, new TestDatabase(url), byHand.newSite());
        SiteScript plain = byHand.publish(site.siteKey(), 1, TestScripts.LONG_AGO, log::hurry);
        site.giveDraft();
        site.publishUnsigned(day(10), 5);
        log.hurry();
        String before = new String(plain.identity(), UTF_8);
        await().untilAsserted(() ->
                assertThat(site.script("").text())
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
        TestApi.Answer refused = api.post(site.policies(), wish);
        TestApi.assertProblem(refused.response(), 422, "invalid-publication");
        assertThat(refused.pointers()).containsExactly(pointer);
        assertThat(api.get(site.policies()).body()).isEqualTo("[]");
    }

    private Instant day(int number) {
        return start.plus(Duration.ofDays(number));
    }
}
