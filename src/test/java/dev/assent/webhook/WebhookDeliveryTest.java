// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.assent.MovedClock;
import dev.assent.TestSite;
import dev.assent.account.SignedIn;
import dev.assent.consent.TestChoice;
import dev.assent.site.Site;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a webhook is told, over real HTTP; its signatures are verified by a stranger's library. */
class WebhookDeliveryTest {
    private static final List<String> ALL = EventType.all();

    private static TestWebhooks service;
    private static Receiver receiver;
    private static Webhooks webhooks;
    private static MovedClock clock;
    private static SignedIn me;

    private TestSite made;
    private Site site;

    @BeforeAll
    static void start() throws IOException, SQLException {
        service = TestWebhooks.start("50ms");
        receiver = service.receiver;
        webhooks = service.webhooks;
        clock = service.clock;
        me = service.owner;
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void publish() {
        clock.reset();
        made = service.publish();
        site = service.find(made);
    }

    @Test
    void choices_areToldByIdAlone_andVerifiedByAStrangersLibrary() throws Exception {
        choose("save");
        Webhooks.Made hook = make(receiver.url("/told"), ALL);
        String id = choose("save");

        Receiver.Received told = arrived("/told", 1).getFirst();

        verify(hook.secret(), told);
        assertThat(told.type()).isEqualTo("consent.recorded");
        assertThat(told.json().keys()).containsExactly("data", "timestamp", "type");
        assertThat(told.json().object("data").keys()).containsExactly("id", "seq", "site");
        assertThat(told.text("data", "id")).isEqualTo(id);
        assertThat(told.json().integer("data", "seq")).isEqualTo(2);
        assertThat(told.text("data", "site")).isEqualTo(made.siteKey());
        assertThat(told.header("content-type")).isEqualTo("application/json");
        assertThat(told.header("webhook-id")).matches("msg_[0-9a-f]{32}");
        await().untilAsserted(() -> {
            Delivery delivery = newest(hook);
            assertThat(delivery.state()).isEqualTo("delivered");
            assertThat(delivery.status()).isEqualTo(204);
            assertThat(delivery.attempts()).isEqualTo(1);
        });
        assertThatThrownBy(() -> verify("whsec_" + "A".repeat(43) + "=", told))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void withdrawalErasureAndVersion_areTold() throws Exception {
        make(receiver.url("/all"), ALL);
        String record = choose("save");
        choose("withdraw");
        arrived("/all", 2);
        String admin = "/v1/admin/sites/" + made.siteKey();
        assertThat(service.api.send("DELETE", admin + "/consents/" + record, null).status())
                .isEqualTo(204);
        assertThat(
                        service.api
                                .post(admin + "/policies", "{\"material\":true,\"reason\":\"new\"}")
                                .status())
                .isEqualTo(201);

        List<Receiver.Received> told = arrived("/all", 4);

        assertThat(told.stream().map(Receiver.Received::type))
                .containsExactlyInAnyOrder(
                        "consent.recorded",
                        "consent.withdrawn",
                        "consent.erased",
                        "policy.published");
        Receiver.Received erased = of("consent.erased", told);
        assertThat(erased.json().integer("data", "first")).isEqualTo(1);
        assertThat(erased.json().integer("data", "last")).isEqualTo(1);
        assertThat(erased.text("data", "reason")).isEqualTo("request");
        assertThat(erased.json().integer("data", "statement")).isPositive();
        Receiver.Received version = of("policy.published", told);
        assertThat(version.json().integer("data", "version")).isEqualTo(2);
        assertThat(version.text("data", "sha256")).matches("[0-9a-f]{64}");
    }

    @Test
    void otherTypesAndOtherSites_areNotTold() {
        make(receiver.url("/few"), List.of("consent.withdrawn"));
        TestSite other = service.publish();
        assertThat(other.send(TestChoice.json(other)).statusCode()).isEqualTo(201);
        choose("save");
        String id = choose("withdraw");

        assertThat(arrived("/few", 1)).hasSize(1);
        assertThat(receiver.at("/few").getFirst().text("data", "id")).isEqualTo(id);
    }

    @Test
    void erasedRecord_takesItsDeliveriesAlong() throws SQLException {
        Webhooks.Made hook = make(receiver.url("/leak"), List.of("consent.recorded"));
        String id = choose("save");
        choose("save");
        arrived("/leak", 2);
        await().until(() -> deliveries(hook).stream().noneMatch(Delivery::isWaiting));

        service.api.send("DELETE", "/v1/admin/sites/" + made.siteKey() + "/consents/" + id, null);

        assertThat(deliveries(hook)).hasSize(1);
        assertThat(
                        service.database.number(
                                "select count(*) from webhook_delivery where position('"
                                        + id
                                        + "' in convert_from(body, 'UTF8')) > 0"))
                .isZero();
    }

    @Test
    void failure_isTriedAgainUnderTheSameId_andThenEverythingAtOnce() {
        receiver.answer("/down", 500);
        Webhooks.Made hook = make(receiver.url("/down"), ALL);
        choose("save");
        await().until(() -> newest(hook).status() != null);
        Delivery missed = newest(hook);
        assertThat(missed.state()).isEqualTo("waiting");
        assertThat(missed.status()).isEqualTo(500);
        assertThat(missed.answer()).isEqualTo("no <b> thanks</b>");
        assertThat(missed.nextAt())
                .isBetween(
                        Objects.requireNonNull(missed.sentAt()).plusSeconds(5),
                        missed.sentAt().plusMillis(5500));
        assertThat(webhook(hook).failingSince()).isNotNull();
        choose("save");
        arrived("/down", 2);

        receiver.answer("/down", 200);
        clock.advance(Duration.ofSeconds(6));

        await().until(() -> deliveries(hook).stream().noneMatch(Delivery::isWaiting));
        assertThat(webhook(hook).failingSince()).isNull();
        List<Receiver.Received> all = receiver.at("/down");
        Receiver.Received first = all.getFirst();
        List<Receiver.Received> same =
                all.stream()
                        .filter(it -> it.header("webhook-id").equals(first.header("webhook-id")))
                        .toList();
        assertThat(same).hasSizeGreaterThan(1);
        assertThat(same.getLast().body()).isEqualTo(first.body());
        assertThat(Long.parseLong(same.getLast().header("webhook-timestamp")))
                .isGreaterThan(Long.parseLong(first.header("webhook-timestamp")));
    }

    @Test
    void tenthFailure_isTheLast_andAnOperatorMayRepeat() {
        receiver.answer("/never", 503);
        Webhooks.Made hook = make(receiver.url("/never"), ALL);
        choose("save");
        for (int attempt = 1; attempt < 10; attempt++) {
            arrived("/never", attempt);
            int made = attempt;
            await().until(() -> newest(hook).attempts() == made && newest(hook).sentAt() != null);
            await().until(() -> newest(hook).nextAt().isAfter(clock.instant()));
            clock.advance(Duration.between(clock.instant(), newest(hook).nextAt()).plusSeconds(1));
        }
        await().until(() -> newest(hook).state().equals("failed"));
        assertThat(receiver.at("/never")).hasSize(10);
        assertThat(webhook(hook).pausedAt()).isNull();

        receiver.answer("/never", 200);
        webhooks.repeat(me, site, hook.id(), newest(hook).id());

        await().until(() -> newest(hook).state().equals("delivered"));
        assertThat(receiver.at("/never").stream().map(it -> it.header("webhook-id")).distinct())
                .hasSize(1);
    }

    @Test
    void gone_pauses_andNothingIsLost() {
        receiver.answer("/gone", 410);
        Webhooks.Made hook = make(receiver.url("/gone"), ALL);
        choose("save");
        await().until(() -> webhook(hook).isPaused());
        assertThat(webhook(hook).pausedWhy()).isEqualTo("gone");
        choose("withdraw");
        clock.advance(Duration.ofDays(2));
        assertThat(receiver.at("/gone")).hasSize(1);

        receiver.answer("/gone", 200);
        webhooks.resume(me, site, hook.id(), false);

        assertThat(arrived("/gone", 3).stream().map(Receiver.Received::type))
                .contains("consent.recorded", "consent.withdrawn");
        webhooks.pause(me, site, hook.id());
        choose("save");
        webhooks.resume(me, site, hook.id(), true);
        String id = choose("save");
        assertThat(arrived("/gone", 4).getLast().text("data", "id")).isEqualTo(id);
    }

    @Test
    void fiveDaysOfFailure_pause() {
        receiver.answer("/dead", 500);
        Webhooks.Made hook = make(receiver.url("/dead"), ALL);
        choose("save");
        await().until(() -> webhook(hook).failingSince() != null);
        clock.advance(Duration.ofDays(5).plusHours(1));

        await().until(() -> webhook(hook).isPaused());

        assertThat(webhook(hook).pausedWhy()).isEqualTo("failing");
    }

    @Test
    void redirect_isNotFollowed() {
        receiver.answer("/moved", 307);
        Webhooks.Made hook = make(receiver.url("/moved"), ALL);
        webhooks.test(me, site, hook.id());
        await().until(() -> newest(hook).status() != null);
        assertThat(newest(hook).type()).isEqualTo("webhook.test");
        assertThat(newest(hook).state()).isEqualTo("waiting");
        assertThat(receiver.at("/elsewhere")).isEmpty();
    }

    @Test
    void renewedSecret_signsBesideTheOldOneForADay() throws Exception {
        Webhooks.Made hook = make(receiver.url("/renewed"), ALL);
        Webhooks.Made renewed = webhooks.rotate(me, site, hook.id());
        assertThat(renewed.secret())
                .matches("whsec_[A-Za-z0-9+/]{43}=")
                .isNotEqualTo(hook.secret());
        webhooks.test(me, site, hook.id());
        Receiver.Received told = arrived("/renewed", 1).getFirst();
        verify(hook.secret(), told);
        verify(renewed.secret(), told);

        clock.advance(Duration.ofHours(25));
        webhooks.test(me, site, hook.id());

        assertThat(arrived("/renewed", 2).getLast().header("webhook-signature").split(" "))
                .hasSize(1);
    }

    @Test
    void twoNodes_sendEachMessageOnce() {
        Webhooks.Made hook = make(receiver.url("/nodes"), ALL);
        try (EmbeddedServer second = service.node()) {
            for (int i = 0; i < 60; i++) {
                choose("save");
            }
            arrived("/nodes", 60);
            await().until(() -> deliveries(hook).stream().noneMatch(Delivery::isWaiting));
        }
        assertThat(receiver.at("/nodes").stream().map(it -> it.header("webhook-id")).distinct())
                .hasSize(60);
        assertThat(receiver.at("/nodes")).hasSize(60);
    }

    @Test
    void siteWithoutWebhook_writesNothingDown() throws SQLException {
        choose("save");
        assertThat(
                        service.database.number(
                                "select count(*) from webhook_delivery d join site s on s.id = d.site_id"
                                        + " where s.site_key = '"
                                        + made.siteKey()
                                        + "'"))
                .isZero();
    }

    @Test
    void oldDeliveries_areForgotten() {
        Webhooks.Made hook = make(receiver.url("/old"), ALL);
        webhooks.test(me, site, hook.id());
        arrived("/old", 1);
        await().until(() -> !newest(hook).isWaiting());
        DeliveryJob job = service.bean(DeliveryJob.class);
        job.forget();
        assertThat(deliveries(hook)).hasSize(1);

        clock.advance(Duration.ofDays(31));
        job.forget();

        assertThat(deliveries(hook)).isEmpty();
    }

    private String choose(String action) {
        String id = TestChoice.id().toString();
        String choice =
                TestChoice.json(made, id)
                        .replace("\"action\":\"save\"", "\"action\":\"" + action + "\"");
        if (!action.equals("save")) {
            choice = choice.replace("\"theme\":true", "\"theme\":false");
        }
        assertThat(made.send(choice).statusCode()).isEqualTo(201);
        return id;
    }

    private static void verify(String secret, Receiver.Received received)
            throws WebhookVerificationException {
        HttpHeaders headers = HttpHeaders.of(received.headers(), (name, value) -> true);
        new com.standardwebhooks.Webhook(secret).verify(received.body(), headers);
    }

    private static List<Receiver.Received> arrived(String path, int count) {
        await().until(() -> receiver.at(path).size() >= count);
        return receiver.at(path);
    }

    private static Receiver.Received of(String type, List<Receiver.Received> all) {
        return all.stream().filter(it -> it.type().equals(type)).findFirst().orElseThrow();
    }

    private Webhook webhook(Webhooks.Made hook) {
        return webhooks.require(me, site, hook.id());
    }

    private List<Delivery> deliveries(Webhooks.Made hook) {
        return webhooks.deliveries(me, webhook(hook), Long.MAX_VALUE, "", 1000);
    }

    private Delivery newest(Webhooks.Made hook) {
        await().until(() -> !deliveries(hook).isEmpty());
        return deliveries(hook).getFirst();
    }

    private Webhooks.Made make(String address, List<String> types) {
        return service.make(site, address, types);
    }
}
