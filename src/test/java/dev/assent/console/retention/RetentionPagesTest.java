// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept how long, what was erased, and the text for an owner's own register. */
class RetentionPagesTest {
    private static EmbeddedServer server;
    private static TestApi api;
    private static TestOperator owner;
    private static TestOperator auditor;

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
        auditor = owner.colleague("ada@example.com", "auditor");
        api = TestApi.of(server.getURI());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void emptySite_saysSo() {
        TestSite site = TestSite.publish(server.getURI());
        assertThat(auditor.get(at(site)).body())
                .contains(
                        "There is no record to be erased",
                        "Nothing has been erased yet",
                        "0 requests")
                .doesNotContain("Change it in the settings");
        assertThat(owner.get(at(site)).body()).contains("Change it in the settings");
    }

    @Test
    void erasures_areShownWithTheirStatements() {
        TestSite site = TestSite.publish(server.getURI());
        String secret = TestChoice.secret();
        send(site, secret);
        send(site, secret);
        send(site, TestChoice.secret());
        send(site, secret);
        String body = "{\"site\":\"" + site.siteKey() + "\",\"secret\":\"" + secret + "\"}";
        assertThat(
                        site.http()
                                .send(
                                        "POST",
                                        "/v1/visitors/erase",
                                        body,
                                        "Origin",
                                        TestSite.ORIGIN,
                                        "Content-Type",
                                        "text/plain")
                                .body())
                .contains("\"erased\":3");

        String page = auditor.get(at(site)).body();

        assertThat(page)
                .contains("At a request", "1 request", "The next record is due", "not all")
                .contains("/records/1\">1</a>", "/records/4\">4</a>")
                .containsPattern("/log/statement/\\d+\">\\d+</a>\\s+to <a href=\"/log/statement/");
        assertThat(auditor.get(at(site) + "?before=0").body())
                .contains("Nothing has been erased yet");
    }

    @Test
    void removedSite_keepsItsPage() {
        TestSite site = TestSite.publish(server.getURI());
        api.send("DELETE", "/v1/admin/sites/" + site.siteKey(), null);
        assertThat(owner.get(at(site)).body())
                .contains("The site is removed")
                .doesNotContain("Change it in the settings");
    }

    @Test
    void foreignAndFaultyAddresses_areNotThere() {
        TestSite site = TestSite.publish(server.getURI());
        for (String path : List.of("/console/sites/none/retention", at(site) + "?before=x")) {
            assertThat(owner.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void storage_isSaidWithTheValuesOfThisInstallation() {
        TestSite site = TestSite.publish(server.getURI());
        api.send(
                "PATCH",
                "/v1/admin/sites/" + site.siteKey(),
                "{\"name\":\"<b>A | *shop*\\u202e\",\"retention\":\"P3Y\"}");

        String page = auditor.get("/console/storage").body();
        HttpResponse<String> text = auditor.get("/console/storage/assent-storage.md");

        assertThat(page)
                .contains("Art. 30", "3 years", "6 months", server.getURI().toString(), "subject")
                .contains("&lt;b&gt;A | *shop*")
                .doesNotContain("<b>A");
        assertThat(text.headers().firstValue("Content-Type"))
                .hasValue("text/markdown;charset=utf-8");
        assertThat(text.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment");
        assertThat(text.body())
                .startsWith("# What Assent stores, and why\n")
                .contains("## Consent records", "assent.SITE.secret", "3 years", "no webhooks")
                .contains("\\<b\\>A \\| \\*shop\\*")
                .doesNotContain("\u202e");
    }

    private static void send(TestSite site, String secret) {
        String choice = TestChoice.json(site, TestChoice.id().toString(), secret);
        assertThat(site.send(choice).statusCode()).isEqualTo(201);
    }

    private static String at(TestSite site) {
        return "/console/sites/" + site.siteKey() + "/retention";
    }
}
