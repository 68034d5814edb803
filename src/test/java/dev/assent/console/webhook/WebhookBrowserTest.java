// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Browser;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import dev.assent.console.BrowsedConsole;
import dev.assent.webhook.Receiver;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;

/** Webhooks, trail, retention and storage as a browser shows them. */
class WebhookBrowserTest {
    private static EmbeddedServer server;
    private static BrowsedConsole console;
    private static Receiver receiver;
    private static TestOperator owner;
    private static String site;

    @BeforeAll
    static void start() throws IOException {
        Map<String, Object> properties = new HashMap<>(TestApi.properties());
        properties.put("assent.webhook-private", "true");
        properties.put("assent.webhook-interval", "50ms");
        properties.put("assent.trail-interval", "50ms");
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        receiver = Receiver.start();
        console = new BrowsedConsole(server.getURI());
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, BrowsedConsole.OWNER);
        owner.colleague("ada@example.com", "auditor");
        TestSite made = TestSite.publish(server.getURI());
        site = "/console/sites/" + made.siteKey();
        TestApi api = TestApi.of(server.getURI());
        receiver.say("not now");
        receiver.answer("/warehouse/" + "long/".repeat(20), 500);
        make(receiver.url("/shop/consents"));
        make(receiver.url("/warehouse/" + "long/".repeat(20)));
        for (int i = 0; i < 3; i++) {
            assertThat(made.send(TestChoice.json(made)).statusCode()).isEqualTo(201);
        }
        String erased = TestChoice.id().toString();
        assertThat(made.send(TestChoice.json(made, erased)).statusCode()).isEqualTo(201);
        api.send("DELETE", "/v1/admin/sites/" + made.siteKey() + "/consents/" + erased, null);
        await().until(() -> owner.get(hook(2)).body().contains("500"));
        await().until(() -> owner.get(hook(1)).body().contains("Delivered"));
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "768, dark", "360, light", "360, dark"})
    void pages_areOpenToEverybody(int width, String scheme) {
        try (Browser browser = signedIn()) {
            browser.emulate(width, 900);
            browser.prefer(scheme);
            for (String path : pages()) {
                console.assertOpen(browser, path, width + " " + scheme);
            }
        }
    }

    @Test
    void webhook_isMadeByKeyboardAlone() {
        try (Browser browser = signedIn()) {
            browser.emulate(360, 740);
            browser.go(server.getURI() + site + "/webhooks");
            browser.see("#webhook-url").sendKeys(receiver.url("/keyboard"));
            browser.see("input[value='policy.published']").sendKeys(Keys.SPACE);
            browser.see(".form button.button").sendKeys(Keys.ENTER);
            assertThat(browser.see("#made").getDomProperty("value")).startsWith("whsec_");
            assertThat(browser.barriers()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** {@code -Dassent.pictures=docs/images/console} paints them anew. */
    @Test
    @EnabledIfSystemProperty(named = "assent.pictures", matches = ".+")
    void pictures_arePainted() {
        try (Browser browser = signedIn()) {
            browser.emulate(1280, 900);
            console.paint(browser, site + "/webhooks", "webhooks");
            console.paint(browser, hook(1), "webhook");
            console.paint(browser, hook(2), "webhook-failing");
            console.paint(browser, site + "/retention", "retention");
            console.paint(browser, "/console/trail", "trail");
            console.paint(browser, "/console/storage", "storage");
            browser.prefer("dark");
            browser.emulate(360, 780);
            console.paint(browser, hook(2), "webhook-phone-dark");
            console.paint(browser, "/console/trail", "trail-phone-dark");
            browser.prefer("light");
            console.paint(browser, site + "/retention", "retention-phone");
            console.paint(browser, "/console/storage", "storage-phone");
        }
    }

    private static List<String> pages() {
        return List.of(
                site + "/webhooks",
                hook(1),
                hook(2),
                hook(2) + "?state=failed",
                site + "/retention",
                "/console/trail",
                "/console/trail?who=nobody",
                "/console/storage");
    }

    private static String hook(int id) {
        return site + "/webhooks/" + id;
    }

    private static Browser signedIn() {
        Browser browser = Browser.open();
        browser.go(server.getURI() + "/signin");
        browser.cookie(new Cookie("assent-session", owner.cookie()));
        return browser;
    }

    private static void make(String address) {
        var answer =
                owner.post(
                        site + "/webhooks",
                        "url",
                        address,
                        "types",
                        "consent.recorded",
                        "types",
                        "consent.withdrawn",
                        "types",
                        "consent.erased");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
