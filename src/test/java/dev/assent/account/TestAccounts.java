// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.MovedClock;
import dev.assent.TestDatabase;
import dev.assent.TestOperator;
import dev.assent.TestRedis;
import dev.assent.TestServers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.util.HashMap;

/** A service with an owner, a clock that is put forward and a Redis of its own. */
final class TestAccounts implements AutoCloseable {
    static final String OWNER = "olive@example.com";

    final TestRedis redis = new TestRedis();
    final TestDatabase database = new TestDatabase(TestServers.newDatabase());
    final MovedClock clock;
    private final EmbeddedServer server;
    private TestOperator owner;
    private int people;

    private TestAccounts() {
        var properties = new HashMap<String, Object>(TestServers.properties(database.url()));
        properties.put("assent.redis-uri", redis.uri());
        properties.put("moved-clock", "true");
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        clock = bean(MovedClock.class);
        String link = bean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, OWNER);
    }

    static TestAccounts start() {
        return new TestAccounts();
    }

    /** Signed in: anew where the clock has ended the session. */
    TestOperator owner() {
        if (!owner.isIn()) {
            owner = signedIn(OWNER);
        }
        return owner;
    }

    /** The address of an editor who has not signed in before. */
    String member() {
        String email = "member" + ++people + "@example.com";
        owner().colleague(email, "editor");
        return email;
    }

    TestOperator signedIn(String email) {
        forgetNetworks();
        TestOperator browser = newcomer();
        assertThat(browser.signIn(email, TestOperator.PASSWORD).statusCode()).isEqualTo(303);
        return browser;
    }

    TestOperator newcomer() {
        return TestOperator.at(server.getURI());
    }

    /** All tests come from one network, which is not what most of them are about. */
    void forgetNetworks() {
        bean(Delays.class).forgetNetworks();
    }

    @Override
    public void close() throws IOException {
        server.close();
        redis.close();
    }

    private <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }
}
