// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.console.BrowsedConsole;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
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
    private static final String DAYS = "?from=2026-10-24&to=2026-11-22";

    private static EmbeddedServer server;
    private static BrowsedConsole console;
    private static String full;
    private static String empty;

    @BeforeAll
    static void start() throws SQLException {
        Map<String, String> properties = TestApi.properties();
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        console = new BrowsedConsole(server.getURI());
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        TestOperator.setUp(server.getURI(), link, BrowsedConsole.OWNER);
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
            console.signIn(browser);
            for (String path :
                    List.of(
                            full + "/statistics" + DAYS,
                            full + "/statistics?from=2026-08-01&to=2026-11-22",
                            full + "/undeclared",
                            empty + "/statistics",
                            empty + "/undeclared")) {
                console.assertOpen(browser, path, width + " " + scheme);
            }
        }
    }

    @Test
    void plots_areDrawnFromTheTable() {
        try (Browser browser = Browser.open()) {
            console.signIn(browser);
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
            console.signIn(browser);
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
        try (Browser browser = Browser.open()) {
            browser.emulate(1280, 2250);
            console.signIn(browser);
            console.paint(browser, full + "/statistics" + DAYS, "statistics");
            browser.emulate(1280, 1250);
            console.paint(browser, full + "/undeclared", "undeclared");
            console.paint(browser, empty + "/statistics", "statistics-empty");
            browser.prefer("dark");
            browser.emulate(1280, 2250);
            console.paint(browser, full + "/statistics" + DAYS, "statistics-dark");
            browser.emulate(360, 2600);
            browser.prefer("light");
            console.paint(browser, full + "/statistics" + DAYS, "statistics-phone");
            console.paint(browser, full + "/undeclared", "undeclared-phone");
        }
    }
}
