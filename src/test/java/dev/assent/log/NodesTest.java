// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.consent.TestChoice;
import dev.assent.merkle.CompactRange;
import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes on one new database, started and used at once: one log, and no fork of it. */
class NodesTest {
    private static final int CHOICES = 150;

    private final String database = TestServers.newDatabase();

    @Test
    void nodesStartedAtOnce_keepOneLog() throws Exception {
        List<EmbeddedServer> nodes = atOnce(this::start);
        try {
            atOnce(nodes, node -> choose(TestSite.publish(node.getURI())));
            atOnce(
                    nodes,
                    node ->
                            IntStream.range(0, 50)
                                    .mapToObj(i -> bean(node).publish())
                                    .filter(Optional::isPresent)
                                    .count());
            TestLog log = new TestLog(nodes.getFirst().getURI());
            await().until(() -> log.checkpoint().size() >= 2 * CHOICES);
            log.check();
            new TestLog(nodes.getLast().getURI()).check();
            assertEveryCheckpointIsOfOneTree(log.entries(log.checkpoint().size()));
        } finally {
            nodes.forEach(EmbeddedServer::close);
        }
    }

    private void assertEveryCheckpointIsOfOneTree(List<byte[]> entries) throws Exception {
        TestDatabase stored = new TestDatabase(database);
        List<Hash> roots = new ArrayList<>(List.of(Hash.EMPTY_ROOT));
        CompactRange tree = CompactRange.EMPTY;
        for (byte[] entry : entries) {
            tree = tree.append(Hash.ofLeaf(entry));
            roots.add(tree.root());
        }
        String upToHere = " from checkpoint where size <= ? order by size";
        List<Long> sizes = new ArrayList<>();
        for (String note : stored.texts("select note" + upToHere, entries.size())) {
            Checkpoint signed = Checkpoint.parse(Note.parse(note).text());
            assertThat(signed.root()).isEqualTo(roots.get((int) signed.size()));
            sizes.add(signed.size());
        }
        assertThat(stored.numbers("select size" + upToHere, entries.size())).isEqualTo(sizes);
        assertThat(sizes).hasSizeGreaterThan(1);
        String opened = "select count(*) from log_statement where position(? in document) > 0";
        assertThat(stored.number(opened, "\"event\":\"log-opened\"".getBytes(UTF_8))).isOne();
    }

    private static boolean choose(TestSite site) {
        for (int i = 0; i < CHOICES; i++) {
            assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
        }
        return true;
    }

    private static <T> List<T> atOnce(Supplier<T> task) {
        return atOnce(List.of(1, 2), _ -> task.get());
    }

    private static <A, T> List<T> atOnce(List<A> on, Function<A, T> task) {
        List<CompletableFuture<T>> running =
                on.stream()
                        .map(each -> CompletableFuture.supplyAsync(() -> task.apply(each)))
                        .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private static CheckpointPublisher bean(EmbeddedServer node) {
        return node.getApplicationContext().getBean(CheckpointPublisher.class);
    }

    private EmbeddedServer start() {
        var properties = new HashMap<String, Object>(TestServers.properties(database));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.put("assent.public-url", "https://consent.example.com");
        return ApplicationContext.run(EmbeddedServer.class, properties);
    }
}
