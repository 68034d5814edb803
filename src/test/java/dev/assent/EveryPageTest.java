// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.account.TestAuthenticator;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Cookie;

/**
 * Every page there is, with the keyboard alone, on paper and in forced colours. Which there are is
 * asked of the service itself: a new route that answers with a page is walked, or fails where there
 * is nothing to walk.
 */
class EveryPageTest {
    private static final int HEIGHT = 700;

    /** In pixels of 1/96 inch, within margins of a centimetre. */
    private static final int A4_WIDTH = 718;

    private static final String HERE =
            "return performance.getEntriesByType('navigation')[0].responseStatus + ' '"
                    + " + location.pathname";

    /** What is no page of ours: a frame's content, a customer's page with the banner on it. */
    private static final Set<String> PARTS =
            Set.of(
                    "/console/sites/{siteKey}/policy/preview",
                    "/demo",
                    "/demo/map",
                    "/v1/artefacts/{sha256}/replay/frame",
                    "/v1/sites/{siteKey}/declaration");

    /** What leads on, or away whoever has signed in; tests of their own walk the doors. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "/audit/{token}",
                    "/console",
                    "/console/sites/{siteKey}/versions/compare",
                    "/setup",
                    "/signin/code");

    private static AccessWorld world;
    private static Browser browser;
    private static KeyboardWalk keyboard;

    @BeforeAll
    static void start() throws SQLException {
        browser = Browser.open();
        keyboard = new KeyboardWalk(browser);
        world = AccessWorld.start(EveryPageTest::assertSetUpIsOpen);
    }

    @AfterAll
    static void stop() {
        browser.close();
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "360, dark"})
    void everyPage_needsNoMouse(int width, String scheme) {
        signIn(world.owner());
        browser.emulate(width, HEIGHT);
        browser.prefer(scheme);
        List<String> faults = new ArrayList<>();
        for (String page : pages()) {
            browser.go(world.uri() + page);
            if (browser.run(HERE).equals("200 " + page)) {
                faults.addAll(told(page, keyboard.faults()));
            } else {
                faults.add(page + ": is not there: " + browser.run(HERE));
            }
        }
        assertThat(faults).isEmpty();
    }

    /** On A4, printed by whoever likes it dark; and where the reader's own colours take over. */
    @Test
    void everyPage_isForPaperAndForcedColoursToo() throws IOException {
        String script = Files.readString(Path.of("src/test/resources/media.js"));
        signIn(world.owner());
        List<String> faults = new ArrayList<>();
        for (String page : pages()) {
            browser.emulate(A4_WIDTH, HEIGHT);
            browser.media("print", "prefers-color-scheme", "dark");
            browser.go(world.uri() + page);
            browser.run(script);
            faults.addAll(told(page, browser.run("return media.paper()")));
            browser.emulate(1280, HEIGHT);
            browser.media("", "forced-colors", "active");
            faults.addAll(told(page, browser.run("return media.forced()")));
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "360, dark"})
    void codePage_needsNoMouse(int width, String scheme) {
        TestOperator carla = world.owner().colleague("carla" + width + "@example.com", "editor");
        TestAuthenticator.turnOn(carla, world.bean(InstantSource.class));
        carla.signIn("carla" + width + "@example.com", TestOperator.PASSWORD);
        signIn(carla);
        browser.emulate(width, HEIGHT);
        browser.prefer(scheme);
        assertOpen(world.uri(), "/signin/code", "One more step");
    }

    private static void assertSetUpIsOpen(URI service) {
        browser.emulate(360, HEIGHT);
        assertOpen(service, "/setup", "Set up");
    }

    private static void assertOpen(URI service, String path, String heading) {
        browser.go(service + path);
        browser.read("h1", heading);
        assertThat(keyboard.faults()).isEmpty();
        assertThat(browser.barriers()).isEmpty();
    }

    private static List<String> told(String page, Object faults) {
        return ((List<?>) faults).stream().map(fault -> page + ": " + fault).toList();
    }

    private static void signIn(TestOperator who) {
        browser.go(world.uri() + "/signin");
        browser.cookie(new Cookie("assent-session", who.cookie()));
    }

    /** The paths of all pages of an owner who has also come by a link to audit the site. */
    private static List<String> pages() {
        browser.go(world.uri() + world.guestLink());
        return Route.pages(world.bean(Router.class)).stream()
                .filter(path -> !PARTS.contains(path) && !ELSEWHERE.contains(path))
                .map(path ->
                        path.endsWith("/policy/start")
                                ? path.replace("{siteKey}", withoutDraft())
                                : world.fill(path.replace("{code}", "not-found")))
                .toList();
    }

    /** The key of a site whose policy is still to be begun. */
    private static String withoutDraft() {
        String wish = "{\"name\":\"New\",\"origins\":[\"https://new.example\"]}";
        return world.api(TestApi.ADMIN_KEY).post("/v1/admin/sites", wish).text("siteKey");
    }
}
