// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.assent.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a file in {@code examples/} to recorded answers, by an owner's hands in a browser. */
class ExamplesBrowserTest {
    private static final String PAGE =
            """
            <!doctype html><html lang="en"><title>A page of the site</title>
            <script>document.addEventListener('assent:recorded', ({detail}) => window.recorded = detail.id)</script>
            <script async src="%s/w/%s.js"></script><h1>A page of the site</h1></html>
            """;

    private static TestConsole console;
    private static HttpServer pages;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        console = TestConsole.start();
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext(
                "/",
                exchange -> {
                    String key = exchange.getRequestURI().getPath().substring(1);
                    byte[] page = PAGE.formatted(console.uri(), key).getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        pages.start();
        browser = Browser.open();
        new BrowsedConsole(console.uri()).signIn(browser);
    }

    @AfterAll
    static void stop() {
        browser.close();
        pages.stop(0);
        console.close();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void example_isImportedPublishedAndAnswered(Path file) {
        String site = makeSite(file);
        browser.go(console.uri() + site + "/policy/import");
        browser.see("#file").sendKeys(file.toAbsolutePath().toString());
        browser.click(".form .button");
        browser.read("[role=status]", "This is what the file holds");
        var controller = browser.see("[name='/controller/name']");
        if (String.valueOf(controller.getDomProperty("value")).isEmpty()) {
            controller.sendKeys("Whoever Publishes");
            browser.read("[data-verdict]", "Nothing stands in the way");
        }
        browser.click(".bar [value=save]");
        browser.read(".flash", "The draft is saved");
        browser.click("a[href$='/policy/publish']");
        browser.see("#reason").sendKeys("As our privacy policy has it");
        browser.click(".last button");
        browser.read(".note.good", "It is published");
        assertThat(browser.complaints()).isEmpty();

        String key = site.substring(site.lastIndexOf('/') + 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        console.api
                                .get("/v1/admin/sites/" + key + "/policies/1")
                                .text("state")
                                .equals("live"));
        assertThat(answered(key, "accept-all")).isEqualTo("accept_all");
        assertThat(answered(key, "reject-all")).isEqualTo("reject_all");
        assertThat(answered(key, "choose")).isEqualTo("save");
    }

    private static String makeSite(Path file) {
        browser.go(console.uri() + "/console/sites/new");
        browser.see("#site-name").sendKeys(file.getFileName().toString());
        browser.see("#site-origins").sendKeys(origin());
        browser.run("document.getElementById('site-retention').selectedIndex = 1");
        browser.click(".form .button");
        browser.read(".flash", "The site is made");
        return String.valueOf(browser.run("return location.pathname"));
    }

    private static String origin() {
        return "http://localhost:" + pages.getAddress().getPort();
    }

    /** What was recorded of an answer given with this button, once its receipt is there. */
    private static String answered(String key, String button) {
        browser.go(origin() + "/" + key);
        browser.run(
                "localStorage.clear(); document.cookie = 'assent=; Max-Age=0; Path=/';"
                        + " location.reload()");
        browser.click("#assent [data-assent=banner] [data-assent=" + button + "]");
        if (button.equals("choose")) {
            browser.see("#assent dialog [data-assent=save]");
            browser.all("#assent dialog input:not(:disabled)").getFirst().click();
            browser.click("#assent dialog [data-assent=save]");
        }
        String id =
                Awaitility.await("recorded")
                        .atMost(Duration.ofSeconds(30))
                        .until(
                                () -> browser.run("return window.recorded"),
                                java.util.Objects::nonNull)
                        .toString();
        var anybody = console.api.withKey(null);
        Awaitility.await("receipt")
                .atMost(Duration.ofSeconds(10))
                .until(() -> anybody.get("/v1/consents/" + id + "/receipt").status() == 200);
        assertThat(anybody.get("/v1/consents/" + id + "/receipt").body())
                .startsWith("c2sp.org/tlog-proof@v1");
        assertThat(anybody.get("/v1/consents/" + id).text("site")).isEqualTo(key);
        return anybody.get("/v1/consents/" + id).text("action");
    }
}
