// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.TestServers;
import dev.assent.account.Refusal;
import dev.assent.account.SignedIn;
import dev.assent.site.Site;
import dev.assent.web.FetchException;
import dev.assent.web.GuardedPost;
import dev.assent.web.ProblemException;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a webhook may lead, what it may be told of, and how many there may be. */
class WebhookWishTest {
    private static final List<String> ALL = EventType.all();

    private static TestWebhooks service;
    private static Receiver receiver;
    private static Webhooks webhooks;
    private static SignedIn me;

    /** One that may not reach private addresses, as services are unless somebody allows it. */
    private static ApplicationContext closed;

    private static GuardedPost careful;

    private Site site;

    @BeforeAll
    static void start() throws IOException, SQLException {
        service = TestWebhooks.start("1h");
        receiver = service.receiver;
        webhooks = service.webhooks;
        me = service.owner;
        closed = ApplicationContext.run(new HashMap<String, Object>(TestServers.properties()));
        careful = closed.getBean(GuardedPost.class);
    }

    @AfterAll
    static void stop() {
        closed.close();
        service.close();
    }

    @BeforeEach
    void publish() {
        site = service.find(service.publish());
    }

    @Test
    void foreignWebhook_isNotThere() {
        Webhooks.Made hook = make(receiver.url("/mine"), ALL);
        Site other = service.find(service.publish());
        assertThatThrownBy(() -> webhooks.remove(me, other, hook.id()))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> webhooks.repeat(me, site, hook.id(), 0))
                .isInstanceOf(ProblemException.class);
        webhooks.remove(me, site, hook.id());
        assertThat(webhooks.list(me, site)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "ftp://example.com/",
                "http://",
                "https://user@example.com/",
                "http://127.0.0.1:25/",
                "http://127.0.0.1:9999/#part",
                "http://127.0.0.1:9999/<script>",
                "http://exämple.com/",
                "http://127.0.0.1:9999/\u202e",
                "http://127.0.0.1:9999/\r\nX: y",
                "http://no-such-name.invalid/"
            })
    void faultyAddress_isRefused(String address) {
        assertThatThrownBy(() -> make(address, ALL))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("url"));
    }

    @Test
    void typesAndNumber_areBounded() {
        assertThatThrownBy(() -> make(receiver.url("/x"), List.of("nonsense")))
                .isInstanceOf(Refusal.class);
        for (int i = 0; i < Webhooks.MAX; i++) {
            make(receiver.url("/x"), ALL);
        }
        assertThatThrownBy(() -> make(receiver.url("/x"), ALL)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9/",
                "https://127.0.0.1:9999/",
                "https://localhost:9999/",
                "https://169.254.169.254/latest",
                "https://[::1]:9999/",
                "https://10.1.2.3/",
                "https://[::ffff:10.0.0.1]/"
            })
    void privateAddress_isNotGoneTo_unlessAllowed(String address) {
        assertThat(careful.goesAnywhere()).isFalse();
        assertThatThrownBy(() -> careful.check(URI.create(address)))
                .isInstanceOf(FetchException.class);
        assertThatThrownBy(() -> careful.json(URI.create(address), Map.of(), new byte[0]))
                .isInstanceOf(FetchException.class);
    }

    private Webhooks.Made make(String address, List<String> types) {
        return service.make(site, address, types);
    }
}
