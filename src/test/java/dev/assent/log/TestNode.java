// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.consent.TestChoice;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * A node of the service {@code consent.example.com}, started and stopped by the test, on a database
 * and with a key file of the test's choice.
 */
record TestNode(EmbeddedServer server, String database) implements AutoCloseable {
    static final String ORIGIN = "consent.example.com/log";

    static TestNode start(String database, Path key) {
        return start(database, key, Map.of());
    }

    static TestNode start(String database, Path key, Map<String, String> more) {
        var properties = new HashMap<String, Object>(TestServers.properties(database));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.put("assent.public-url", "https://consent.example.com");
        properties.put("assent.log-key-file", key.toString());
        properties.putAll(more);
        return new TestNode(ApplicationContext.run(EmbeddedServer.class, properties), database);
    }

    /** Puts what is in one database, whose node is stopped, into another. */
    static void copy(String from, String to) throws SQLException {
        try (Connection connection =
                        TestServers.connect(from.replaceAll("/test_[0-9]+", "/postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + name(to));
            // PostgreSQL copies only what nobody uses. A stopped node has left (NodeEndTest), but
            // on
            // a busy machine the server may take its time to notice that.
            await().ignoreExceptions().untilAsserted(() -> copy(statement, name(from), name(to)));
        }
    }

    private static void copy(Statement statement, String from, String to) throws SQLException {
        statement.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '%s'"
                        .formatted(from));
        statement.execute("create database %s template %s".formatted(to, from));
    }

    URI uri() {
        return server.getURI();
    }

    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    /**
     * Has some choices recorded, and waits until they are signed.
     *
     * @return the id of the last one
     */
    String choose(int choices) throws SQLException {
        TestSite site = TestSite.publish(uri());
        String id = "";
        for (int i = 0; i < choices; i++) {
            id = TestChoice.id().toString();
            assertThat(site.send(TestChoice.json(site, id)).statusCode()).isEqualTo(201);
        }
        long size = size();
        await().until(() -> new TestLog(uri()).checkpoint().size() >= size);
        return id;
    }

    /** Entries that no policy has to be live for. */
    void append(int entries) throws SQLException {
        TransparencyLog log = bean(TransparencyLog.class);
        byte[] entry = new byte[33];
        entry[0] = 1;
        try (Connection connection = TestServers.connect(database)) {
            connection.setAutoCommit(false);
            log.append(connection, log.lock(connection), Collections.nCopies(entries, entry));
            connection.commit();
        }
    }

    /** The text of a record's receipt, waited for. */
    String receipt(String id) {
        Http http = new Http(uri());
        return await().until(
                        () -> http.get("/v1/consents/" + id + "/receipt"),
                        answer -> answer.statusCode() == 200)
                .body();
    }

    /** As the service ends at SIGTERM. */
    @Override
    public void close() {
        server.getApplicationContext().close();
    }

    private long size() throws SQLException {
        try (Connection connection = TestServers.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select size from log_head")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String name(String url) {
        return url.replaceAll(".*/", "").replaceAll("\\?.*", "");
    }
}
