// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The console as a browser shows it: in three sizes, light and dark, with a keyboard alone. */
class ConsoleBrowserTest {
    private static EmbeddedServer server;
    private static BrowsedConsole console;
    private static String site;
    private static String record;
    private static String longNamed;

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        console = new BrowsedConsole(server.getURI());
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        TestOperator owner = TestOperator.setUp(server.getURI(), link, BrowsedConsole.OWNER);
        owner.colleague("aude@example.com", "auditor");
        TestSite shop = TestSite.publish(server.getURI());
        site = "/console/sites/" + shop.siteKey();
        record = site + "/records/" + choose(shop);
        IntStream.range(0, 11).forEach(i -> choose(shop));
        longNamed =
                make(owner, "A name that no phone shows in one line: " + "Donaudampf".repeat(9));
        String old = make(owner, "Old workshop");
        assertThat(owner.post(old + "/remove", "confirm", "Old workshop").statusCode())
                .isEqualTo(303);
    }

    /** Its id. */
    private static String choose(TestSite shop) {
        String id = TestChoice.id().toString();
        assertThat(shop.send(TestChoice.json(shop, id)).statusCode()).isEqualTo(201);
        return id;
    }

    /** Its path. */
    private static String make(TestOperator owner, String name) {
        return owner.post(
                        "/console/sites",
                        "name",
                        name,
                        "origins",
                        "https://" + "x".repeat(60) + ".example",
                        "cookieDomain",
                        "",
                        "retention",
                        "P2Y")
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst("\\?.*", "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "768, dark", "360, light"})
    void everyPage_isOpenToEverybody(int width, String scheme) {
        try (Browser browser = Browser.open()) {
            browser.emulate(width, 900);
            browser.prefer(scheme);
            for (String path : List.of("/signin", "/reset", "/reset/link")) {
                console.assertOpen(browser, path, width + " " + scheme);
            }
            console.signIn(browser);
            for (String path :
                    Stream.of(
                                    "/console/sites",
                                    "/console/sites/new",
                                    site,
                                    longNamed,
                                    site + "/settings",
                                    site + "/records",
                                    site + "/records?purpose=theme&answer=refused",
                                    longNamed + "/records",
                                    record,
                                    "/console/members",
                                    "/console/keys",
                                    "/console/trail",
                                    "/console/account",
                                    "/signout")
                            .toList()) {
                console.assertOpen(browser, path, width + " " + scheme);
            }
        }
    }

    @Test
    void faults_areAtTheirFieldsAndLinkedTo() {
        try (Browser browser = Browser.open()) {
            browser.emulate(360, 740);
            console.signIn(browser);
            browser.go(server.getURI() + "/console/sites/new");
            browser.run(
                    "document.querySelectorAll('form').forEach((form) => form.noValidate = true)");
            browser.click(".form .button");
            browser.click(".note.warns a[href='#site-origins']");
            assertThat(browser.run("return document.activeElement.id")).isEqualTo("site-origins");
            assertThat(browser.barriers()).isEmpty();
        }
    }

    @Test
    void menus_openByKeyboardAlone() {
        try (Browser browser = Browser.open()) {
            browser.emulate(360, 740);
            console.signIn(browser);
            browser.see(".opens-places").sendKeys(Keys.ENTER);
            browser.see("#places a[href='/console/keys']").sendKeys(Keys.ENTER);
            browser.read("h1", "Keys");
            browser.go(server.getURI() + site);
            browser.see(".opens-rail").sendKeys(Keys.ENTER);
            browser.see("#rail a[href$='/records']").sendKeys(Keys.ENTER);
            browser.read("h1", "Records");
            browser.see("[popovertarget=who]").sendKeys(Keys.SPACE);
            assertThat(browser.barriers()).isEmpty();
            browser.see("#who a[href='/signout']").sendKeys(Keys.ESCAPE);
            browser.see("[popovertarget=who]");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void newKey_isCopiedByAButton() {
        try (Browser browser = Browser.open()) {
            console.signIn(browser);
            browser.go(server.getURI() + "/console/keys");
            browser.see("#key-name").sendKeys("Build");
            browser.click("input[value=records]");
            browser.click(".form button.button:not(.grave)");
            assertThat(browser.see("#made").getDomProperty("value")).startsWith("assent_");
            browser.click("[data-copy] button");
            browser.read("[data-copy] [role=status]", "op");
            browser.run("location.reload()");
            browser.read(".note", "The key was made. It is shown only once");
            assertThat(browser.all("tbody tr")).hasSize(2);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** {@code -Dassent.pictures=docs/images/console} paints them anew. */
    @Test
    @EnabledIfSystemProperty(named = "assent.pictures", matches = ".+")
    void pictures_arePainted() {
        try (Browser browser = Browser.open()) {
            browser.emulate(1280, 860);
            console.paint(browser, "/signin", "signin");
            console.signIn(browser);
            console.paint(browser, "/console/sites", "sites");
            console.paint(browser, "/console/sites/new", "new-site");
            console.paint(browser, longNamed, "first-steps");
            console.paint(browser, site, "site");
            console.paint(browser, site + "/settings", "settings");
            console.paint(browser, site + "/records", "records");
            console.paint(browser, record, "record");
            console.paint(browser, "/console/members", "members");
            console.paint(browser, "/console/keys", "keys");
            console.paint(browser, "/console/trail", "trail");
            console.paint(browser, "/console/account", "account");
            browser.prefer("dark");
            console.paint(browser, site, "site-dark");
            console.paint(browser, record, "record-dark");
            browser.prefer("light");
            browser.emulate(360, 780);
            console.paint(browser, "/console/sites", "sites-phone");
            console.paint(browser, site + "/records", "records-phone");
            console.paint(browser, longNamed, "first-steps-phone");
            browser.click(".opens-rail");
            BrowsedConsole.paint(browser, "menu-phone");
        }
    }
}
