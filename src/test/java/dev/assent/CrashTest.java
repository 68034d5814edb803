// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.consent.TestChoice;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answered means durable: the service is killed in the middle of a load. */
class CrashTest {
    private static final int CHOICES = 2_000;
    private static final int CONNECTIONS = 32;
    private static final int ANSWERED_BEFORE_THE_END = 700;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("ASSENT_ADMIN_KEY", TestApi.ADMIN_KEY, "ASSENT_RATE_LIMIT", "0");

    @TempDir Path folder;

    @Test
    void killedUnderLoad_losesNothingThatWasAnswered() throws Exception {
        Path data = folder.resolve("data");
        List<String> ids =
                IntStream.range(0, CHOICES).mapToObj(i -> TestChoice.id().toString()).toList();
        TestSite site;
        List<String> choices;
        Set<String> answered = ConcurrentHashMap.newKeySet();
        try (var first = RunningService.start(data, ENVIRONMENT)) {
            TestSite published = TestSite.publish(URI.create(first.base()));
            choices = ids.stream().map(id -> TestChoice.json(published, id)).toList();
            site = published;
            killUnderLoad(first, site, ids, choices, answered);
        }
        assertThat(answered).hasSizeBetween(ANSWERED_BEFORE_THE_END, CHOICES - 1);

        try (var second = RunningService.start(data, ENVIRONMENT)) {
            Set<String> stored = Set.copyOf(texts(second, "select id from consent_record"));
            assertThat(stored).containsAll(answered);
            assertNoGap(second, stored.size());

            TestSite again =
                    new TestSite(second.http(), site.siteKey(), site.version(), site.sha256());
            for (int i = 0; i < CHOICES; i++) {
                int expected = stored.contains(ids.get(i)) ? 200 : 201;
                assertThat(again.send(choices.get(i)).statusCode()).isEqualTo(expected);
            }
            assertThat(texts(second, "select id from consent_record"))
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertNoGap(second, CHOICES);
        }
    }

    private static void killUnderLoad(
            RunningService service,
            TestSite site,
            List<String> ids,
            List<String> choices,
            Set<String> answered)
            throws InterruptedException {
        var waiting = new ConcurrentLinkedQueue<>(IntStream.range(0, CHOICES).boxed().toList());
        var enough = new CountDownLatch(ANSWERED_BEFORE_THE_END);
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                visitors.execute(() -> {
                    for (Integer i = waiting.poll(); i != null; i = waiting.poll()) {
                        try {
                            if (site.send(choices.get(i)).statusCode() / 100 == 2) {
                                answered.add(ids.get(i));
                                enough.countDown();
                            }
                        } catch (UncheckedIOException e) {
                            return; // killed
                        }
                    }
                });
            }
            enough.await();
            service.kill();
        }
    }

    private static void assertNoGap(RunningService service, long records) throws SQLException {
        assertThat(numbers(service, "select seq from consent_record order by 1"))
                .isEqualTo(LongStream.rangeClosed(1, records).boxed().toList());
        List<Long> indexes = numbers(service, "select index from log_entry order by 1");
        assertThat(indexes).isEqualTo(LongStream.range(0, indexes.size()).boxed().toList());
        assertThat(numbers(service, "select size from log_head"))
                .containsExactly((long) indexes.size());
        assertThat(numbers(service, "select count(*) from log_entry where get_byte(entry, 0) = 1"))
                .containsExactly(records);
    }

    private static List<Long> numbers(RunningService service, String query) throws SQLException {
        return texts(service, query).stream().map(Long::valueOf).toList();
    }

    private static List<String> texts(RunningService service, String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (Connection connection = service.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
