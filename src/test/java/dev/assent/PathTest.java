// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.ReceiptVerifier;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way, in a real browser: script tag, banner, choice, record, verified receipt. */
class PathTest {
    private static EmbeddedServer server;
    private static TestApi api;

    private Browser browser;

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        api = TestApi.of(server.getURI());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        browser = Browser.open();
        browser.go(server.getURI() + "/demo");
        browser.see("#assent [data-assent=banner]");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void beforeAnAnswer_nothingHeldRuns_andNothingIsKept() {
        assertRuns(false, false, false);
        assertThat(browser.run("return document.cookie")).isEqualTo("");
        assertThat(browser.run("return document.querySelector('iframe').getAttribute('src')"))
                .isNull();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void acceptAll_runsAllAndRecordsEveryGrant() throws Exception {
        browser.click("#assent [data-assent=banner] [data-assent=accept-all]");

        JsonObject record = record();
        assertRuns(true, true, true);
        assertThat(record.text("action")).isEqualTo("accept_all");
        assertThat(record.text("source")).isEqualTo("banner");
        assertThat(choices(record)).isEqualTo(choices(true, true, true));
        browser.see("iframe[src='/demo/map']");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void rejectAll_runsNothingAndRecordsEveryRefusal() throws Exception {
        browser.click("#assent [data-assent=banner] [data-assent=reject-all]");

        JsonObject record = record();
        assertRuns(false, false, false);
        assertThat(record.text("action")).isEqualTo("reject_all");
        assertThat(choices(record)).isEqualTo(choices(false, false, false));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSelection_runsWhatItGrants_andThePageAgreesWithTheRecord() throws Exception {
        browser.click("#assent [data-assent=banner] [data-assent=choose]");
        browser.see("#assent dialog [data-assent=save]");
        browser.all("#assent dialog input:not(:disabled)").getFirst().click();
        browser.click("#assent dialog [data-assent=save]");

        JsonObject record = record();
        assertRuns(true, false, false);
        assertThat(record.text("action")).isEqualTo("save");
        assertThat(record.text("source")).isEqualTo("preferences");
        assertThat(choices(record)).isEqualTo(choices(true, false, false));

        browser.click("#record a");
        browser.see("h1");
        assertThat(browser.see("h1").getText()).isEqualTo("A selection: 1 granted, 2 refused");
        assertThat(browser.see("[data-purpose=session] .answer").getText()).isEqualTo("Not asked");
        assertThat(browser.see("[data-purpose=theme] .answer").getText()).isEqualTo("Granted");
        assertThat(browser.see("[data-purpose=analytics] .answer").getText()).isEqualTo("Refused");
        assertThat(browser.see("[data-purpose=marketing] .answer").getText()).isEqualTo("Refused");
        assertThat(browser.see(".asked h3").getText()).isEqualTo("Cookie settings");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aStoredAnswer_holdsOnTheNextPage_andWithdrawingClearsWhatItAllowed() throws Exception {
        browser.click("#assent [data-assent=banner] [data-assent=accept-all]");
        String first = record().text("id");
        browser.go(server.getURI() + "/demo");
        assertRuns(true, true, true);
        assertThat(browser.has("#assent [data-assent=banner]")).isFalse();
        assertThat(browser.run("return document.cookie").toString()).contains("demo_visits=2");

        browser.click("footer [data-assent-open]");
        browser.click("#assent dialog [data-assent=withdraw]");
        // A script that ran cannot be stopped: the page is loaded anew without it.
        browser.read("[data-run=analytics] em", "held back");

        browser.read("#record", "Your answer is");
        assertThat(browser.run("return document.cookie").toString())
                .contains("assent=")
                .doesNotContain("demo_visits", "demo_ad");
        JsonObject withdrawn = record();
        assertThat(withdrawn.text("action")).isEqualTo("withdraw");
        assertThat(choices(withdrawn)).isEqualTo(choices(false, false, false));
        assertThat(withdrawn.find("previous")).isPresent();
        assertThat(api.get("/v1/consents/" + first).status()).isEqualTo(200);
    }

    @Test
    void aRefusal_isProvedByItsReceiptInTheBrowserAndByTheProgram() throws Exception {
        browser.click("#assent [data-assent=banner] [data-assent=reject-all]");
        String id = record().text("id");
        byte[] bundle =
                Awaitility.await("the receipt")
                        .until(
                                () ->
                                        api.get(
                                                "/v1/consents/" + id + "/receipt",
                                                "Accept",
                                                "application/json"),
                                answer -> answer.status() == 200)
                        .body()
                        .getBytes(UTF_8);

        browser.go(server.getURI() + "/v1/consents/" + id);
        browser.click("a[href^='/verify#bundle=']");
        browser.read("#outcome", "Valid, operator-signed");
        assertThat(browser.all("#steps [data-step=inclusion] .granted")).hasSize(1);
        assertThat(browser.run("return location.hash")).as("kept out of the history").isEqualTo("");
        assertThat(browser.complaints()).isEmpty();

        String vkey = api.get("/log/vkey").body().strip();
        TrustPolicy trust =
                TrustPolicy.FIRST_USE.withLog(NoteVerifier.parse(vkey, SignatureType.ED25519));
        Verdict verdict = new ReceiptVerifier(trust).verify(bundle);
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
    }

    /** The record that the shop links to, fetched by its id. */
    private JsonObject record() {
        String address = String.valueOf(browser.see("#record a").getDomProperty("href"));
        String path = address.substring(address.indexOf("/v1/"));
        return Awaitility.await("the record")
                .until(() -> api.get(path), answer -> answer.status() == 200)
                .json();
    }

    private void assertRuns(boolean theme, boolean analytics, boolean marketing) {
        browser.read("[data-run=theme] em", theme ? "running" : "held back");
        browser.read("[data-run=analytics] em", analytics ? "running" : "held back");
        browser.read("[data-run=marketing] em", marketing ? "running" : "held back");
        browser.read("[data-run=session] em", "running");
    }

    private static Map<String, Boolean> choices(
            boolean theme, boolean analytics, boolean marketing) {
        return Map.of(
                "session", true, "theme", theme, "analytics", analytics, "marketing", marketing);
    }

    private static Map<String, Boolean> choices(JsonObject record) throws Exception {
        JsonObject choices = record.object("choices");
        var map = new HashMap<String, Boolean>();
        for (String purpose : choices.keys()) {
            map.put(purpose, choices.bool(purpose));
        }
        return map;
    }
}
