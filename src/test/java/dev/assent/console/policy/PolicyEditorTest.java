// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.console.BrowsedConsole;
import dev.assent.console.TestConsole;
import dev.assent.receipt.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The policy's pages in a browser: what they show, and what the preview cannot do. */
class PolicyEditorTest {
    private static TestConsole console;
    private static Browser browser;
    private static String site;

    @BeforeAll
    static void start() {
        console = TestConsole.start();
        String key =
                console.api
                        .get("/v1/admin/sites")
                        .objects()
                        .findFirst()
                        .flatMap(demo -> demo.find("siteKey"))
                        .map(text -> ((JsonValue.Text) text).value())
                        .orElseThrow();
        site = "/console/sites/" + key;
        change(Map.of("/texts/en/title", "Biscuits", "/lifetime", "P12M"));
        TestConsole.send(
                console.owner,
                site + "/policy/publish",
                TestConsole.fields(console.owner.get(site + "/policy/publish")),
                Map.of("reason", "Answers hold for a year now", "when", "now"));
        browser = Browser.open();
        new BrowsedConsole(console.uri()).signIn(browser);
    }

    @AfterAll
    static void stop() {
        browser.close();
        console.close();
    }

    @BeforeEach
    void settle() {
        browser.emulate(1280, 900);
        browser.prefer("light");
        go("/versions");
        browser.complaints();
    }

    @Test
    void preview_followsWhatIsTypedAndKeepsNothing() {
        go("/policy");
        inFrame(() -> browser.read("#assent", "Biscuits"));
        type("/controller/name", "Somebody Else Ltd");
        browser.see("iframe[name=preview]:not([src])");
        inFrame(() -> browser.read("#assent", "Somebody Else Ltd"));
        inFrame(() -> {
            browser.click("#assent [data-assent=choose]");
            browser.read("#assent dialog", "Somebody Else Ltd keeps to your answer");
            browser.read("#assent dialog", "Cookies and similar: 2");
        });
        inFrame(() -> browser.click("#assent dialog [data-assent=accept-all]"));
        assertThat(browser.run("return document.cookie + Object.keys(localStorage).join()"))
                .asString()
                .doesNotContain("assent.");
        assertThat(console.api.get("/v1/admin" + site.substring(8) + "/consents").body())
                .doesNotContain("accept_all");
        // Chromium tells that a frame of another origin may not take the focus.
        assertThat(browser.complaints()).allMatch(told -> told.contains("autofocus"));
    }

    @Test
    void preview_isDrawnDarkAndFromRightToLeft() {
        go("/policy");
        set("preview-language", "ar");
        set("preview-scheme", "dark");
        browser.see("iframe[name=preview]:not([src])");
        inFrame(() -> {
            browser.see("html[dir=rtl][data-scheme=dark] #assent");
            assertThat(
                            browser.run(
                                    "return getComputedStyle(document.querySelector('#assent'))"
                                            + ".colorScheme"))
                    .asString()
                    .contains("dark");
        });
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatStandsInTheWay_isSaidWhileOneTypes() {
        go("/policy");
        browser.read("[data-verdict]", "Nothing stands in the way");
        type("/appearance/accent", "#ffff00");
        browser.read("#field-appearance-accent-wrong", "the contrast of white text");
        browser.read("[data-verdict]", "1 thing to mend before it can be published");
        assertThat(browser.barriers()).isEmpty();
        set("/texts/en/acceptAll", "OK");
        set("/texts/en/rejectAll", "OK");
        browser.read("[data-verdict]", "2 things to mend");
        browser.run("scrollTo(0, 0)");
        browser.click("[data-notes] a[href='#field-texts-en-rejectAll']");
        browser.read("#field-texts-en-rejectAll-wrong", "nobody can tell them apart");
        assertThat(browser.run("return document.activeElement.id"))
                .isEqualTo("field-texts-en-rejectAll");
        set("/texts/en/acceptAll", "");
        set("/texts/en/rejectAll", "");
        type("/appearance/accent", "#0f4c5c");
        browser.read("[data-verdict]", "Nothing stands in the way");
        assertThat(browser.has("[aria-invalid]")).isFalse();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fewAnswers_leadToTheLastLookWithTheBannerBesideThem() {
        String fresh = console.site();
        leave();
        browser.go(console.uri() + fresh + "/policy/start");
        browser.see("iframe[name=preview]");
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.has(".tools.analytics")).isTrue();
        assertThat(shows(".tools.analytics")).isFalse();
        redrawn(() -> browser.see("[value=statistics]").sendKeys(Keys.SPACE));
        assertThat(shows(".tools.analytics")).isTrue();
        assertThat(shows(".tools.marketing")).isFalse();
        redrawn(() -> set("/controller/name", "Not Chosen Yet Ltd"));
        inFrame(() -> browser.read("#assent", "Not Chosen Yet Ltd"));
        redrawn(() -> browser.see("[value=google-analytics]").sendKeys(Keys.SPACE));
        redrawn(() -> set("/controller/name", "Linden Bakery"));
        inFrame(() -> browser.read("#assent", "Linden Bakery"));
        inFrame(() -> {
            browser.click("#assent [data-assent=choose]");
            browser.read("#assent dialog", "Visitor statistics");
            browser.read("#assent dialog", "Cookies and similar: 3");
        });
        browser.emulate(360, 780);
        assertThat(browser.barriers()).isEmpty();
        browser.click(".bar .button");
        browser.read(".flash", "The draft is made and saved");
        browser.click("[value=publish]");
        browser.read("h1", "Publish version 1");
        browser.read(".asked", "_ga_… cookie, Google, 2 years");
        browser.enter(".screen iframe", () -> browser.read("#assent", "Linden Bakery"));
        assertThat((long) browser.run("return document.querySelector('iframe').offsetHeight"))
                .isGreaterThan(400);
        assertThat(browser.see("#reason").getDomProperty("value")).startsWith("The first policy");
        browser.click(".last .button");
        browser.read(".note.good", "put the tag on your pages");
        assertThat(browser.complaints()).allMatch(told -> told.contains("autofocus"));
    }

    @Test
    void keyboard_changesAndSaves() {
        go("/policy");
        browser.see("[value=add-purpose]").sendKeys(Keys.ENTER);
        browser.read("[role=status]", "Not saved yet.");
        var purposes = browser.all(".purpose");
        purposes.getLast()
                .findElement(org.openqa.selenium.By.cssSelector("[value^='remove-purpose']"))
                .sendKeys(Keys.ENTER);
        browser.see("[data-policy-editor]");
        browser.see("[name='/controller/contact']").sendKeys(Keys.ENTER);
        browser.read(".flash", "The draft is saved");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fileOfTenMegabytes_isRefusedOnAPage(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("big.json"), "x".repeat(10 << 20));
        go("/policy/import");
        browser.see("#file").sendKeys(file.toString());
        browser.click(".form .button");
        browser.read("h1", "Too large");
        browser.read("main", "at most");
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "768, dark", "360, light", "320, dark"})
    void everyPage_isOpenToEverybody(int width, String scheme) {
        browser.emulate(width, 900);
        browser.prefer(scheme);
        for (String path :
                List.of(
                        "/policy",
                        "/policy/publish",
                        "/policy/import",
                        "/versions",
                        "/versions/2",
                        "/versions/1/diff/2")) {
            go(path);
            assertThat(browser.barriers()).as(path + " at " + width).isEmpty();
            assertThat(
                            (long)
                                    browser.run(
                                            "return document.documentElement.scrollWidth"
                                                    + " - innerWidth"))
                    .as(path + " at " + width)
                    .isLessThanOrEqualTo(0);
            assertThat(browser.complaints()).as(path).isEmpty();
        }
    }

    /** {@code -Dassent.pictures=docs/images} paints them anew. */
    @Test
    @EnabledIfSystemProperty(named = "assent.pictures", matches = ".+")
    void pictures_arePainted() throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("assent.pictures")));
        paint("/policy", folder.resolve("policy.png"));
        set("preview-language", "ar");
        set("preview-scheme", "dark");
        type("/appearance/accent", "#ffff00");
        browser.read("[data-verdict]", "1 thing to mend");
        inFrame(() -> browser.see("html[dir=rtl] #assent"));
        browser.run("document.getElementById('field-appearance-accent').scrollIntoView()");
        browser.paint(folder.resolve("policy-check.png"));
        change(Map.of("/purposes/2/trackers/0/name", "_pk_id", "/texts/en/title", "Cookies"));
        paint("/policy/publish", folder.resolve("policy-publish.png"));
        paint("/policy/import", folder.resolve("policy-import.png"));
        paint("/versions", folder.resolve("versions.png"));
        paint("/versions/2", folder.resolve("version.png"));
        leave();
        browser.go(console.uri() + console.site() + "/policy/start");
        inFrame(() -> browser.see("#assent"));
        redrawn(() -> browser.see("[value=statistics]").sendKeys(Keys.SPACE));
        redrawn(() -> browser.see("[value=google-analytics]").sendKeys(Keys.SPACE));
        redrawn(() -> set("/controller/name", "Linden Bakery"));
        inFrame(() -> browser.read("#assent", "Linden Bakery"));
        browser.run("scrollTo(0, 0)");
        browser.paint(folder.resolve("policy-start.png"));
        browser.emulate(360, 780);
        browser.paint(folder.resolve("policy-start-phone.png"));
        browser.emulate(1280, 900);
        browser.prefer("dark");
        paint("/policy", folder.resolve("policy-dark.png"));
        browser.emulate(360, 780);
        browser.prefer("light");
        paint("/policy", folder.resolve("policy-phone.png"));
        paint("/versions", folder.resolve("versions-phone.png"));
    }

    private static void paint(String path, Path file) {
        go(path);
        if (path.equals("/policy")) {
            inFrame(() -> browser.see("#assent"));
        }
        browser.paint(file);
    }

    /** Saves the draft with these fields set. */
    private static void change(Map<String, String> wished) {
        var typed = TestConsole.fields(console.owner.get(site + "/policy"));
        typed.putAll(wished);
        TestConsole.send(console.owner, site + "/policy", typed, Map.of("do", "save"));
    }

    /** What was typed in the page before is left behind on purpose. */
    private static void leave() {
        browser.run(
                "addEventListener('beforeunload', (event) => event.stopImmediatePropagation(),"
                        + " true)");
    }

    /** Makes one change, and waits until the preview has another frame for it. */
    private static void redrawn(Runnable change) {
        String frame = "document.querySelector('iframe[name=preview]')";
        browser.run(frame + ".isOld = true");
        change.run();
        Awaitility.await("another frame")
                .atMost(Duration.ofSeconds(30))
                .until(() -> browser.run("return !" + frame + ".isOld").equals(true));
    }

    private static boolean shows(String selector) {
        return (boolean)
                browser.run(
                        "return document.querySelector(arguments[0]).checkVisibility()", selector);
    }

    private static void go(String path) {
        leave();
        browser.go(console.uri() + site + path);
        browser.see("h1");
    }

    private static void type(String name, String text) {
        var field = browser.see("[name='" + name + "']");
        field.clear();
        field.sendKeys(text);
    }

    /** Gives a field a value, whether or not it can be seen. */
    private static void set(String name, String value) {
        browser.run(
                """
                const [field] = document.getElementsByName(arguments[0]);
                field.value = arguments[1];
                field.dispatchEvent(new Event('input', {bubbles: true}));
                """,
                name,
                value);
    }

    /** Does something within the preview. */
    private static void inFrame(Runnable work) {
        browser.enter("iframe[name=preview]", work);
    }
}
