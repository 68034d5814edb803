// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.MovedClock;
import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.account.SignedIn;
import dev.assent.account.TestOwner;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service with an owner and a clock that is put forward, and somebody on this machine to tell.
 */
final class TestWebhooks implements AutoCloseable {
    final Receiver receiver = Receiver.start();
    final TestDatabase database;
    final TestApi api;
    final Webhooks webhooks;
    final MovedClock clock;
    final SignedIn owner;
    private final Map<String, Object> properties;
    private final EmbeddedServer server;

    private TestWebhooks(String interval) throws IOException, SQLException {
        String url = TestServers.newDatabase();
        properties = new HashMap<>(TestServers.properties(url));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.put("assent.webhook-private", "true");
        properties.put("assent.webhook-interval", interval);
        properties.put("moved-clock", "true");
        database = new TestDatabase(url);
        server = node();
        api = TestApi.of(server.getURI());
        webhooks = bean(Webhooks.class);
        clock = bean(MovedClock.class);
        owner = TestOwner.setUp(server, database);
    }

    /**
     * @param interval between rounds of sending, such as {@code 50ms}
     */
    static TestWebhooks start(String interval) throws IOException, SQLException {
        return new TestWebhooks(interval);
    }

    /** One more node on the same database. */
    EmbeddedServer node() {
        return ApplicationContext.run(EmbeddedServer.class, properties);
    }

    TestSite publish() {
        return TestSite.publish(server.getURI());
    }

    Site find(TestSite made) {
        return bean(Sites.class).find(made.siteKey()).join().orElseThrow();
    }

    Webhooks.Made make(Site site, String address, List<String> types) {
        return webhooks.make(owner, site, webhooks.check(site, address, types));
    }

    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    @Override
    public void close() {
        server.close();
        receiver.close();
    }
}
