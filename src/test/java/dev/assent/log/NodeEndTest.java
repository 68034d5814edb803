// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.consent.TestChoice;
import dev.assent.web.Background;
import dev.assent.web.Transactions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is under way when the service ends, comes to its own end first; and nobody stays behind. */
class NodeEndTest {
    private static final String CLIENTS = "where backend_type = 'client backend' and datname = ";

    @TempDir Path folder;
    private final String database = TestServers.newDatabase();

    @Test
    void end_answersWhatIsUnderWay_andLeavesNobodyInTheDatabase() throws Exception {
        TestNode node = TestNode.start(database, folder.resolve("log-key"));
        int port = node.uri().getPort();
        TestSite site = TestSite.publish(node.uri());
        assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
        CompletableFuture<Integer> answer;
        CompletableFuture<Void> end;
        try (Connection held = TestServers.connect(database)) {
            held.setAutoCommit(false);
            held.createStatement().execute("select from site_sequence for update");
            answer = supplyAsync(() -> site.send(TestChoice.json(site)).statusCode());
            String blocked =
                    "where wait_event_type = 'Lock' and query like '%site_sequence%' and datname = ";
            await().until(() -> connected(blocked) == 1);
            end = runAsync(node::close);
            await().until(() -> refuses(port));
        }
        end.get();
        assertThat(answer.get()).isEqualTo(201);
        await().until(() -> connected(CLIENTS) == 0);
    }

    @Test
    void end_waitsForWhatRunsInTheBackground() throws Exception {
        TestNode node = TestNode.start(database, folder.resolve("log-key"));
        int port = node.uri().getPort();
        Background background = node.bean(Background.class);
        Transactions transactions = node.bean(Transactions.class);
        var isHeld = new CountDownLatch(1);
        var answer = new CompletableFuture<Integer>();
        background.execute(() -> {
            try {
                isHeld.await();
                answer.complete(transactions.read("count", NodeEndTest::one));
            } catch (InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });

        CompletableFuture<Void> end = runAsync(node::close);
        await().until(() -> refuses(port));
        await().until(background::isEnding);
        isHeld.countDown();
        end.get();

        assertThat(answer.get()).isOne();
        assertThatThrownBy(() -> background.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        await().until(() -> connected(CLIENTS) == 0);
    }

    @Test
    void endRightAfterTheStart_leavesNobodyInTheDatabase() throws Exception {
        for (int i = 0; i < 3; i++) {
            TestNode.start(database, folder.resolve("log-key")).close();
            await().until(() -> connected(CLIENTS) == 0);
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    private long connected(String where) throws SQLException {
        String name = database.replaceAll("(.*/|\\?.*)", "");
        String postgres = database.replace("/" + name, "/postgres");
        try (Connection connection = TestServers.connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity %s '%s'"
                                        .formatted(where, name))) {
            row.next();
            return row.getLong(1);
        }
    }

    private static boolean refuses(int port) {
        try (var socket = new Socket("localhost", port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
