// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Statistics as a browser shows them: in three sizes, light and dark, with a keyboard alone. */
class StatisticsBrowserTest {
    private static final String EMAIL = "olive@example.com";
    private static final String DAYS = "?from=2026-10-24&to=2026-11-22";

    private static EmbeddedServer server;
    private static String full;
    private static String empty;

    @BeforeAll
    static void start() throws SQLException {
        Map<String, String> properties = TestApi.properties();
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        TestOperator.setUp(server.getURI(), link, EMAIL);
        String siteKey = TestSite.publish(server.getURI()).siteKey();
        SampleCounts.fill(Objects.requireNonNull(properties.get("assent.database.url")), siteKey);
        full = "/console/sites/" + siteKey;
        empty = "/console/sites/" + TestSite.publish(server.getURI()).siteKey();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "768, dark", "360, light", "360, dark"})
    void everyPage_isOpenToEverybody(int width, String scheme) {
        try (Browser browser = Browser.open()) {
            browser.emulate(width, 900);
            browser.prefer(scheme);
            signIn(browser);
            for (String path :
                    List.of(
                            full + "/statistics" + DAYS,
                            full + "/statistics?from=2026-08-01&to=2026-11-22",
                            full + "/undeclared",
                            empty + "/statistics",
                            empty + "/undeclared")) {
                browser.go(server.getURI() + path);
                browser.run("document.querySelectorAll('details').forEach((it) => it.open = true)");
                assertThat(browser.barriers()).as(path + " " + width + " " + scheme).isEmpty();
                assertThat(browser.complaints()).as(path).isEmpty();
                long overflow =
                        (long)
                                browser.run(
                                        "return document.documentElement.scrollWidth - innerWidth");
                assertThat(overflow).as(path + " " + width).isLessThanOrEqualTo(0);
            }
        }
    }

    @Test
    void plots_areDrawnFromTheTable() {
        try (Browser browser = Browser.open()) {
            signIn(browser);
            browser.go(server.getURI() + full + "/statistics" + DAYS);
            assertThat(browser.see("[data-plot=bars] canvas").getSize().getHeight())
                    .isGreaterThan(100);
            assertThat(browser.see("[data-plot=lines] canvas").getDomAttribute("aria-label"))
                    .contains("Opt-in rate");
            assertThat(
                            browser.run(
                                    "const [bars, lines] = document.querySelectorAll('[data-plot] canvas');"
                                            + " return Chart.getChart(bars).data.datasets.length + '/'"
                                            + " + Chart.getChart(lines).data.datasets.length + '/'"
                                            + " + Chart.getChart(lines).data.labels.length"))
                    .isEqualTo("5/2/30");
        }
    }

    @Test
    void undeclaredName_isDeclaredByKeyboardAlone() {
        try (Browser browser = Browser.open()) {
            signIn(browser);
            browser.go(server.getURI() + full + "/undeclared");
            browser.see("tbody tr:first-child summary").sendKeys(Keys.ENTER);
            browser.see("#purpose-0").sendKeys("ana");
            browser.see("#name-0").sendKeys(Keys.ENTER);
            browser.read(".flash", "Declared in the draft");
        }
    }

    /** {@code -Dassent.pictures=docs/images/console} paints them anew. */
    @Test
    @EnabledIfSystemProperty(named = "assent.pictures", matches = ".+")
    void pictures_arePainted() {
        Path folder = Path.of(System.getProperty("assent.pictures"));
        try (Browser browser = Browser.open()) {
            browser.emulate(1280, 2250);
            signIn(browser);
            paint(browser, full + "/statistics" + DAYS, folder.resolve("statistics.png"));
            browser.emulate(1280, 1250);
            paint(browser, full + "/undeclared", folder.resolve("undeclared.png"));
            paint(browser, empty + "/statistics", folder.resolve("statistics-empty.png"));
            browser.prefer("dark");
            browser.emulate(1280, 2250);
            paint(browser, full + "/statistics" + DAYS, folder.resolve("statistics-dark.png"));
            browser.emulate(360, 2600);
            browser.prefer("light");
            paint(browser, full + "/statistics" + DAYS, folder.resolve("statistics-phone.png"));
            paint(browser, full + "/undeclared", folder.resolve("undeclared-phone.png"));
        }
    }

    private static void paint(Browser browser, String path, Path file) {
        browser.go(server.getURI() + path);
        browser.paint(file);
    }

    private static void signIn(Browser browser) {
        browser.go(server.getURI() + "/signin");
        browser.see("#form-email").sendKeys(EMAIL);
        browser.see("#form-password").sendKeys(TestOperator.PASSWORD);
        browser.click(".form .button");
        browser.read("h1", "Sites");
    }
}
