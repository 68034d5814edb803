// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import dev.assent.webhook.Receiver;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site's webhooks in the console: made, seen at work, paused, renewed and removed. */
class WebhookPagesTest {
    private static EmbeddedServer server;
    private static Receiver receiver;
    private static TestOperator owner;
    private static TestOperator auditor;
    private static TestOperator editor;
    private static String url;
    private static TestSite site;
    private static String list;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> properties = TestApi.properties();
        properties.put("assent.webhook-private", "true");
        properties.put("assent.webhook-interval", "50ms");
        url = Objects.requireNonNull(properties.get("assent.database.url"));
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        receiver = Receiver.start();
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
        auditor = owner.colleague("ada@example.com", "auditor");
        editor = owner.colleague("ed@example.com", "editor");
        site = TestSite.publish(server.getURI());
        list = "/console/sites/" + site.siteKey() + "/webhooks";
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
    }

    @Test
    void secret_isShownOnce_andDeliveriesAreSeen() {
        HttpResponse<String> made = make(receiver.url("/seen"));
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body()).containsPattern("whsec_[A-Za-z0-9+/]{43}=");
        String page = page(made);
        assertThat(auditor.get(page).body())
                .contains("Nothing has been sent yet")
                .doesNotContain("whsec_");
        assertThat(editor.get(list).body()).contains(receiver.url("/seen"), "consent.recorded");
        assertThat(auditor.get(list).body())
                .contains(receiver.url("/…"), "consent.recorded")
                .doesNotContain("/seen");
        assertThat(auditor.get(page).body()).doesNotContain("/seen");

        assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);

        await().until(() -> auditor.get(page).body().contains("Delivered"));
        assertThat(auditor.get(page).body())
                .contains("204", "1 attempt,")
                .doesNotContain("Send again");
        assertThat(auditor.get(page + "?state=failed").body()).contains("No message has failed.");
        assertThat(auditor.get(page + "?state=delivered").body()).contains("consent.recorded");
    }

    @Test
    void test_isSent_repeatedAndItsAnswerShownAsText() {
        receiver.answer("/tried", 500);
        String page = page(make(receiver.url("/tried")));
        assertThat(editor.post(page + "/test").headers().firstValue("Location"))
                .hasValue(page + "?done=test-sent");
        await().until(() -> editor.get(page).body().contains("500"));
        assertThat(editor.get(page).body())
                .contains("no &lt;b&gt; thanks&lt;/b&gt;", "Failing", "Nothing has arrived since")
                .doesNotContain("<b> thanks");
        receiver.answer("/tried", 200);
        Matcher delivery =
                Pattern.compile("name=\"delivery\" value=\"(\\d+)\"")
                        .matcher(editor.get(page).body());
        assertThat(delivery.find()).isTrue();

        editor.post(page + "/repeat", "delivery", delivery.group(1));

        await().until(() -> editor.get(page).body().contains("Delivered"));
        assertThat(owner.get("/console/trail").body())
                .contains("webhook tested", "webhook repeated");
    }

    @Test
    void pauseRenewAndRemove_areDoneAndNoted() {
        String page = page(make(receiver.url("/life")));
        editor.post(page + "/pause");
        assertThat(owner.post(page + "/pause").statusCode()).isEqualTo(303);
        assertThat(auditor.get(page).body()).contains("Paused by an operator");
        editor.post(page + "/resume", "meanwhile", "skip");
        assertThat(auditor.get(page).body()).doesNotContain("Paused");
        assertThat(editor.post(page + "/rotate").body())
                .contains("whsec_", "by the secret before it", "Here is the new secret.");
        assertThat(editor.post(page + "/remove").headers().firstValue("Location"))
                .hasValue(list + "?done=webhook-removed");
        assertThat(auditor.get(page).statusCode()).isEqualTo(404);
        assertThat(owner.get("/console/trail").body())
                .contains("webhook paused", "webhook secret renewed", "webhook removed")
                .doesNotContain("whsec_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "https://<script>alert(1)</script>",
                "http://a\u202eb",
                "gopher://x/"
            })
    void faultyAddress_isToldAndKept(String address) {
        HttpResponse<String> page = make(address);
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains("id=\"webhook-url-wrong\"", "checked")
                .doesNotContain("<script>alert");
    }

    @Test
    void noType_isToldAtTheList() {
        HttpResponse<String> page =
                editor.post(list, "url", receiver.url("/x"), "types", "nonsense");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("Choose at least one", receiver.url("/x"));
    }

    @Test
    void auditor_looksOnly_andForeignThingsAreNotThere() throws SQLException {
        String page = page(make(receiver.url("/guarded")));
        for (String action :
                List.of("", "/test", "/pause", "/resume", "/rotate", "/repeat", "/remove")) {
            String path = action.isEmpty() ? list : page + action;
            assertThat(auditor.post(path, "delivery", "1").statusCode()).as(path).isEqualTo(403);
        }
        assertThat(auditor.get(page).body()).doesNotContain("<form method=\"post\"", "New secret");
        TestSite other = TestSite.publish(server.getURI());
        String elsewhere = page.replace(site.siteKey(), other.siteKey());
        new TestDatabase(url).foreignSite(other.siteKey());
        for (String path :
                List.of(
                        elsewhere,
                        list + "/0",
                        list + "/x",
                        list + "/99999999999999999999",
                        page + "?before=x",
                        page + "?state=x",
                        "/console/sites/Foreign001/webhooks",
                        page.replace(site.siteKey(), "Foreign001"))) {
            assertThat(owner.get(path).statusCode()).as(path).isEqualTo(404);
        }
        for (String action :
                List.of("/test", "/pause", "/resume", "/rotate", "/repeat", "/remove")) {
            assertThat(owner.post(elsewhere + action, "delivery", "1").statusCode()).isEqualTo(404);
        }
        assertThat(owner.post(page + "/repeat", "delivery", "x").statusCode()).isEqualTo(404);
        assertThat(owner.post(page + "/repeat").statusCode()).isEqualTo(400);
        assertThat(
                        owner.post(
                                        "/console/sites/Foreign001/webhooks",
                                        "url",
                                        "https://x.example/")
                                .statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> make(String address) {
        return editor.post(
                list, "url", address, "types", "consent.recorded", "types", "consent.withdrawn");
    }

    /** The address of the webhook that an answer shows. */
    private static String page(HttpResponse<String> made) {
        Matcher id = Pattern.compile(list + "/(\\d+)/test").matcher(made.body());
        assertThat(id.find()).as(made.body()).isTrue();
        return list + "/" + id.group(1);
    }
}
