// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.merkle.Hash;
import dev.assent.receipt.Entry;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The publisher's connection is cut at every one of its statements; the log stays one. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Property(name = "spec.name", value = "PublisherFaultsTest")
class PublisherFaultsTest implements TestPropertyProvider {
    private static final int FEWEST_STATEMENTS = 8;

    @Inject EmbeddedServer server;
    @Inject CutConnections connections;
    @Inject CheckpointPublisher publisher;
    @Inject CheckpointSchedule schedule;
    @Inject LogOpening opening;

    @Property(name = "assent.database.url")
    String url;

    @Inject TransparencyLog log;
    @Inject TransactionOperations<Connection> transactions;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(TestApi.properties());
        // Nobody publishes but the test.
        properties.put("assent.checkpoint-interval", "60s");
        return properties;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionCutAtEachStatement_leavesTheLogWhole(boolean before) {
        TestLog seen = new TestLog(server.getURI());
        int statement = 0;
        boolean reached = true;
        while (reached) {
            // Across the end of a tile, now and then.
            append(100);
            CutConnections.Plan plan = connections.cut(++statement, before);
            try {
                publisher.publish();
            } catch (RuntimeException e) {
                assertThat(plan.wasReached()).as("failed without a cut: " + e).isTrue();
            }
            reached = plan.wasReached();
            connections.heal();

            long size = seen.check().size();
            opening.open();
            publisher.publish();
            assertThat(seen.check().size()).isGreaterThanOrEqualTo(size).isEqualTo(size());
        }
        assertThat(statement).isGreaterThan(FEWEST_STATEMENTS);
    }

    /** An owner who publishes must not be told "pending" because a round is just under way. */
    @Test
    void whoWaits_isNotTurnedAwayByARoundUnderWay() throws SQLException {
        try (Connection round = TestServers.connect(url)) {
            round.setAutoCommit(false);
            round.prepareStatement("select pg_advisory_xact_lock(" + CheckpointPublisher.LOCK + ")")
                    .execute();
            append(1);
            var waiting = CompletableFuture.runAsync(schedule::hurry);
            assertThat(publisher.publish()).isEmpty();
            round.commit();
            waiting.join();
        }
        assertThat(new TestLog(server.getURI()).check().size()).isEqualTo(size());
    }

    @Test
    void callersTransaction_isNotSignedBeforeItIsCommitted() {
        append(1);
        publisher.publish();
        long size = size();
        assertThatThrownBy(() ->
                        transactions.executeWrite(status -> {
                            append(status.getConnection(), 3);
                            assertThat(publisher.publish()).isEmpty();
                            throw new IllegalStateException("rolled back");
                        }))
                .hasMessageContaining("rolled back");
        append(2);
        assertThat(publisher.publish())
                .hasValueSatisfying(
                        round -> assertThat(round.checkpoint().size()).isEqualTo(size + 2));
        new TestLog(server.getURI()).check();
    }

    private void append(int entries) {
        transactions.executeWrite(status -> {
            append(status.getConnection(), entries);
            return entries;
        });
    }

    private void append(Connection connection, int entries) throws SQLException {
        TransparencyLog.Head head = log.lock(connection);
        log.append(connection, head, entries(head.size(), entries));
    }

    private static List<byte[]> entries(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(i -> Hash.of(ByteBuffer.allocate(8).putLong(i).array()))
                .map(hash -> new Entry(Entry.Type.CONSENT_RECORD, hash).bytes())
                .toList();
    }

    private long size() {
        return transactions.executeRead(status -> log.size(status.getConnection()));
    }
}
