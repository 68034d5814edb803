// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.account.SetUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The policy's pages in a browser: what it shows, and what the preview cannot do. */
class PolicyEditorTest {
    private static EmbeddedServer server;
    private static TestApi api;
    private static Browser browser;
    private static String site;

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        api = TestApi.of(server.getURI());
        site =
                api.get("/v1/admin/sites")
                        .objects()
                        .findFirst()
                        .orElseThrow()
                        .find("siteKey")
                        .map(key -> ((dev.assent.receipt.JsonValue.Text) key).value())
                        .orElseThrow();
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        TestOperator.setUp(server.getURI(), link, "olive@example.com");
        browser = Browser.open();
        browser.go(server.getURI() + "/signin");
        browser.see("#form-email").sendKeys("olive@example.com");
        browser.see("#form-password").sendKeys(TestOperator.PASSWORD);
        browser.click(".form .button");
        browser.read("h1", "Sites");
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    @Test
    void preview_followsWhatIsTypedAndKeepsNothing() {
        browser.resize(1280, 900);
        go("/policy");
        inFrame(() -> browser.read("#assent", "Your choice about cookies"));
        var title = browser.see("[name='/controller/name']");
        title.clear();
        title.sendKeys("Somebody Else Ltd");
        browser.see("iframe[name=preview]:not([src])");
        inFrame(() -> browser.read("#assent", "Somebody Else Ltd"));
        inFrame(() -> {
            browser.click("#assent [data-assent=choose]");
            browser.read("#assent dialog", "Cookies and similar");
            browser.click("#assent dialog [data-assent=accept-all]");
        });
        assertThat(browser.run("return document.cookie + Object.keys(localStorage).join()"))
                .asString()
                .doesNotContain("assent.");
        assertThat(api.get("/v1/admin/sites/" + site + "/consents").body())
                .doesNotContain("accept_all");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void preview_isDrawnDarkAndFromRightToLeft() {
        browser.resize(1280, 900);
        go("/policy");
        browser.run(
                """
                const set = (name, value) => {
                  const field = document.getElementsByName(name)[0];
                  field.value = value;
                  field.dispatchEvent(new Event('input', {bubbles: true}));
                };
                set('preview-language', 'ar');
                set('preview-scheme', 'dark');
                """);
        browser.see("iframe[name=preview]:not([src])");
        inFrame(() -> {
            browser.see("html[dir=rtl][data-scheme=dark] #assent");
            assertThat(
                            browser.run(
                                    "return getComputedStyle(document.querySelector('#assent')"
                                            + ".firstElementChild).colorScheme"))
                    .asString()
                    .contains("dark");
        });
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void pages_haveNoBarriersInAnySize() {
        for (int width : List.of(360, 768, 1280)) {
            browser.resize(width, 900);
            for (String path :
                    List.of(
                            "/policy",
                            "/policy/publish",
                            "/policy/import",
                            "/versions",
                            "/versions/1",
                            "/versions/1/diff/1")) {
                go(path);
                assertThat(browser.barriers()).as(path + " at " + width).isEmpty();
                assertThat(
                                browser.run(
                                        "return document.documentElement.scrollWidth"
                                                + " - document.documentElement.clientWidth"))
                        .as(path + " at " + width)
                        .isEqualTo(0L);
            }
        }
    }

    private static void go(String path) {
        browser.run("onbeforeunload = null");
        browser.go(server.getURI() + "/console/sites/" + site + path);
        browser.see("h1");
    }

    /** Does something within the preview. */
    private static void inFrame(Runnable work) {
        browser.enter("iframe[name=preview]", work);
    }
}
