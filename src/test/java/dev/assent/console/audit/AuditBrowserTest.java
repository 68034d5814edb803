// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import static dev.assent.TestOperator.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Browser;
import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import dev.assent.console.BrowsedConsole;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The auditor's workspace as a browser shows it. */
class AuditBrowserTest {
    private static EmbeddedServer server;
    private static BrowsedConsole console;
    private static TestOperator owner;
    private static Http http;
    private static String base;
    private static String records;
    private static final List<String> IDS = new ArrayList<>();

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        console = new BrowsedConsole(server.getURI());
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, BrowsedConsole.OWNER);
        http = new Http(server.getURI());
        TestSite site = TestSite.publish(server.getURI());
        base = "/console/sites/" + site.siteKey() + "/audit";
        records = "/console/sites/" + site.siteKey() + "/records/";
        for (int i = 0; i < 30; i++) {
            String id = TestChoice.id().toString();
            assertThat(site.send(TestChoice.json(site, id)).statusCode()).isEqualTo(201);
            IDS.add(id);
        }
        String erase = "/v1/admin/sites/" + site.siteKey() + "/consents/" + IDS.get(11);
        TestApi.of(server.getURI()).send("DELETE", erase, null);
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        owner.get(base + "/sample.csv" + query(30)).body().contains(",erased,"));
        http.get(link("Ada Audit & Sons, for the yearly report"), "Accept", "text/html");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "768, dark", "360, light", "320, dark"})
    void everyPage_isOpenToEverybody(int width, String scheme) {
        try (Browser browser = Browser.open()) {
            browser.emulate(width, 900);
            browser.prefer(scheme);
            String how = width + " " + scheme;
            console.assertFaultOpen(browser, "/audit/none", how);
            console.signIn(browser);
            for (String path :
                    List.of(
                            "/console/audit",
                            base,
                            base + "/sample",
                            base + "/sample" + query(5),
                            base + "/between",
                            base + "/files")) {
                assertOpen(browser, path, how);
            }
            console.assertFaultOpen(browser, base + "/sample?size=0&seed=&count=0", how);
            browser.go(server.getURI() + link("Guest at " + width));
            browser.read("h1", "Audit");
            for (String path : List.of("", "/sample" + query(5), "/between", "/files")) {
                assertOpen(browser, "/audit/site" + path, how);
            }
        }
    }

    @Test
    void record_isCheckedOnItsOwnPage() {
        try (Browser browser = Browser.open()) {
            console.signIn(browser);
            browser.go(server.getURI() + records + IDS.getFirst());
            browser.see("[data-check] button").sendKeys(Keys.ENTER);
            browser.read(".checked strong", "Valid, operator-signed.");
            browser.read(".checked", "The record is in the log: passed");
            // First: axe-core has the sandboxed frame complain.
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.barriers()).isEmpty();
        }
    }

    @Test
    void between_isAskedByKeyboardAlone() {
        try (Browser browser = Browser.open()) {
            console.signIn(browser);
            browser.go(server.getURI() + base + "/between");
            browser.see("#between-one").sendKeys(IDS.getFirst(), Keys.TAB);
            browser.see("#between-other").sendKeys(IDS.getLast());
            browser.see(".form .button").sendKeys(Keys.ENTER);
            browser.read(".note.good", "Nothing is missing. All 30 numbers from 1 to 30");
            assertThat(browser.barriers()).isEmpty();
        }
    }

    @Test
    void export_tellsHowFarItIs() {
        try (Browser browser = Browser.open()) {
            console.signIn(browser);
            browser.go(server.getURI() + base + "/files");
            browser.click("section[aria-labelledby=export] .button");
            browser.read(
                    "section[aria-labelledby=export] .running", "30 of 30 numbers. It is saved.");
            browser.click("section[aria-labelledby=pack] .button");
            browser.read("section[aria-labelledby=pack] .running", "MB. It is saved.");
            assertThat(browser.barriers()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** {@code -Dassent.pictures=docs/images} paints them anew. */
    @Test
    @EnabledIfSystemProperty(named = "assent.pictures", matches = ".+")
    void pictures_arePainted() {
        try (Browser browser = Browser.open()) {
            browser.emulate(1280, 860);
            console.signIn(browser);
            console.paint(browser, base, "audit");
            console.paint(browser, base + "/sample" + query(6), "audit-sample");
            console.paint(browser, base + "/files", "audit-files");
            browser.go(server.getURI() + records + IDS.getFirst());
            browser.click("[data-check] button");
            browser.read(".checked strong", "Valid");
            BrowsedConsole.paint(browser, "audit-record-checked");
            browser.go(server.getURI() + base + "/between");
            browser.see("#between-one").sendKeys(IDS.getFirst());
            browser.see("#between-other").sendKeys(IDS.getLast());
            browser.click(".form .button");
            browser.read(".note.good", "Nothing is missing");
            BrowsedConsole.paint(browser, "audit-between");
            browser.go(server.getURI() + link("Ada Audit & Sons, for the yearly report"));
            browser.read("h1", "Audit");
            BrowsedConsole.paint(browser, "audit-guest");
            browser.prefer("dark");
            browser.emulate(360, 780);
            console.paint(browser, "/audit/site/sample" + query(6), "audit-sample-phone-dark");
            browser.prefer("light");
            console.paint(browser, "/audit/site", "audit-guest-phone");
        }
    }

    private static void assertOpen(Browser browser, String path, String how) {
        console.assertOpen(browser, path, how);
        long lines =
                (long)
                        browser.run(
                                "return new Set([...document.querySelectorAll('.parts li')]"
                                        + ".map((tab) => tab.offsetTop)).size");
        assertThat(lines).as("lines of tabs on " + path).isLessThanOrEqualTo(1);
    }

    private static String query(int count) {
        String size = http.get("/log/checkpoint").body().split("\n")[1];
        return "?"
                + form("size", size, "seed", "dice 6 3 1 5 5 2", "count", Integer.toString(count));
    }

    private static String link(String label) {
        HttpResponse<String> page = owner.post(base + "/links", "label", label, "days", "7");
        Matcher link = Pattern.compile("(/audit/[\\w-]{43})").matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1);
    }
}
