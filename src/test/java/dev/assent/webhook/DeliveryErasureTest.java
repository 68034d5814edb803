// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.account.Isolation;
import dev.assent.consent.TestChoice;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds of a webhook while the records that it is to tell of are being erased. */
class DeliveryErasureTest {
    private static TestWebhooks service;
    private static Receiver receiver;

    private TestSite site;
    private DeliveryRows.Work work;

    /** No round is begun but by the test. */
    @BeforeAll
    static void start() throws IOException, SQLException {
        service = TestWebhooks.start("1h");
        receiver = service.receiver;
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void makeWebhook() {
        service.clock.reset();
        site = service.publish();
        List<String> types = List.of("consent.recorded");
        long id = service.make(service.find(site), receiver.url(path()), types).id();
        work = new DeliveryRows.Work(id, service.owner.organizationId());
    }

    @Test
    void recordErasedOnceItWasRead_isLeftOut() throws Exception {
        choose();
        try (Erasure erasure = new Erasure()) {
            erasure.erase("seq = 1");
            CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(this::round);
            erasure.awaitSomebodyWaiting();
            erasure.commit();
            assertThat(first.get()).as("goes on at once").isTrue();
        }
        assertThat(round()).isFalse();
        assertThat(receiver.at(path())).isEmpty();

        choose();
        assertThat(round()).isTrue();
        assertThat(receiver.at(path())).hasSize(1);
        assertThat(receiver.at(path()).getFirst().json().integer("data", "seq")).isEqualTo(2);
    }

    @Test
    void outcomeOfAnErasedRecord_keepsTheErasureFromNothing() throws Exception {
        choose();
        choose();
        receiver.answer(path(), 500);
        round();
        service.clock.advance(Duration.ofSeconds(6));
        DeliveryRows.Due taken = take();
        try (Erasure erasure = new Erasure()) {
            String others = "d.id <> " + taken.id();
            erasure.erase(told("d.id = " + taken.id()));
            CompletableFuture<Void> stored = CompletableFuture.runAsync(() -> storeArrival(taken));
            erasure.awaitSomebodyWaiting();
            erasure.erase(told(others));
            erasure.commit();
            stored.get();
        }
        assertThat(
                        service.database.number(
                                "select count(*) from webhook_delivery where webhook_id = " + id()))
                .isZero();
    }

    /** Which records the webhook's deliveries of this kind are about. */
    private String told(String which) {
        return "seq in (select seq from webhook_delivery d where webhook_id = %d and %s)"
                .formatted(id(), which);
    }

    private boolean round() {
        return service.bean(DeliveryRound.class).run(work);
    }

    private DeliveryRows.Due take() {
        return service.bean(Isolation.class)
                .within(
                        work.organizationId(),
                        () -> service.bean(DeliveryRows.class).take(work, service.clock.instant()))
                .due()
                .getFirst();
    }

    private void storeArrival(DeliveryRows.Due taken) {
        Instant now = service.clock.instant();
        var arrived = new DeliveryRound.Outcome(taken, now, 204, 1, "");
        service.bean(Isolation.class)
                .within(
                        work.organizationId(),
                        () -> service.bean(DeliveryOutcomes.class).store(work, arrived));
    }

    private void choose() {
        assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
    }

    private long id() {
        return work.webhookId();
    }

    private String path() {
        return "/" + site.siteKey();
    }

    /** An erasure that takes its time: what it does to records and deliveries, step by step. */
    private final class Erasure implements AutoCloseable {
        private final Connection connection = TestServers.connect(service.database.url());
        private final Statement statement = connection.createStatement();

        private Erasure() throws SQLException {
            connection.setAutoCommit(false);
        }

        private void erase(String which) throws SQLException {
            String siteId = "(select id from site where site_key = '" + site.siteKey() + "')";
            String sql = "delete from consent_record where site_id = " + siteId + " and " + which;
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }

        /** Returns once another transaction waits for this one. */
        private void awaitSomebodyWaiting() throws SQLException {
            long mine = number("select pg_backend_pid()", statement);
            String waiting =
                    "select count(*) from pg_stat_activity where %d = any (pg_blocking_pids(pid))"
                            .formatted(mine);
            await().until(() -> service.database.number(waiting) > 0);
        }

        private void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }

        private static long number(String sql, Statement statement) throws SQLException {
            ResultSet row = statement.executeQuery(sql);
            row.next();
            return row.getLong(1);
        }
    }
}
