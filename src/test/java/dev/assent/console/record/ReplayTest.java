// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.consent.TestChoice;
import dev.assent.merkle.Hash;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A banner of any version, drawn again, from which nothing leaves. */
class ReplayTest {
    private static final String OLD_WIDGET =
            "/* old */ document.title = 'old ' + assentPolicy.site;\n";

    private static EmbeddedServer server;
    private static Http http;
    private static TestSite site;
    private static String url;
    private static String replay;

    @BeforeAll
    static void start() {
        Map<String, String> properties = TestApi.properties();
        url = Objects.requireNonNull(properties.get("assent.database.url"));
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        http = new Http(server.getURI());
        site = TestSite.publish(server.getURI());
        replay = "/v1/artefacts/" + site.sha256() + "/replay";
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void page_saysWhatItShows() {
        String page = http.get(replay + "?language=fr-CA&layout=mobile").body();
        assertThat(page)
                .contains("Version 1 of site", site.siteKey(), "French", "390 pixels wide")
                .contains("Shop Ltd", "Published", "In effect from", site.sha256(), "first")
                .contains("sandbox=\"allow-scripts\"", "width=\"390\"");
        assertThat(http.get(replay).body()).contains("English", "width=\"1200\"");
        assertThat(http.get(replay + "?language=xx&layout=%3Cscript%3E").body())
                .contains("English", "desktop")
                .doesNotContain("<script>");
    }

    @Test
    void frame_mayKeepAndSendNothing() {
        HttpResponse<String> frame = http.get(replay + "/frame?language=fr");
        assertThat(frame.body()).contains("<html lang=\"fr\" dir=\"ltr\">");
        String policy = frame.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .startsWith("sandbox allow-scripts; default-src 'none'")
                .contains("connect-src localhost:" + server.getPort() + replay + "/v1/artefacts/")
                .contains("form-action 'none'", "frame-ancestors 'self'")
                .doesNotContain("allow-same-origin", "unsafe", "connect-src 'self'", "*");
    }

    @Test
    void script_isTheOneThatWasServed() {
        String served = http.get("/w/" + site.siteKey() + ".js").body();
        HttpResponse<String> script = http.get(replay + "/w/" + site.siteKey() + ".js");
        assertThat(script.body()).isEqualTo(served);
        assertThat(script.headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
        assertThat(http.get(replay + "/v1/artefacts/" + site.sha256()).body())
                .isEqualTo(http.get("/v1/artefacts/" + site.sha256()).body());
    }

    @Test
    void olderBuild_drawsAsItDrew() throws SQLException {
        for (boolean kept : List.of(true, false)) {
            String sha256 = publishedByAnOlderBuild(kept);
            String old = "/v1/artefacts/" + sha256 + "/replay";
            assertThat(http.get(old).body()).contains("Version " + (kept ? 2 : 3));
            String script = http.get(old + "/w/" + site.siteKey() + ".js").body();
            assertThat(script).contains("/* old */", "\"site\":\"" + site.siteKey() + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "x",
                "%00",
                "ABCDEF"
            })
    void unknownArtefact_is404(String sha256) {
        for (String path : List.of("", "/frame", "/w/aaaaaaaaaa.js", "/w/details/x.js")) {
            String address = "/v1/artefacts/" + sha256 + "/replay" + path;
            assertThat(http.get(address).statusCode()).as(address).isEqualTo(404);
        }
        assertThat(http.get(replay + "/w/aaaaaaaaaa.js").statusCode()).isEqualTo(404);
        assertThat(http.get("/v1/artefacts/" + sha256 + "/replay", "Accept", "text/html").body())
                .contains("There is nothing here");
    }

    @Test
    void choice_leavesNothingBehind() throws SQLException {
        long before = records();
        try (Browser browser = Browser.open()) {
            browser.go(server.getURI() + replay + "?language=fr&layout=mobile");
            assertThat(browser.barriers()).isEmpty();
            browser.enter("iframe");
            browser.click("[data-assent=choose]");
            // From the second part of the widget, and the artefact.
            browser.see("#assent dialog [data-assent=trackers]");
            assertThat(browser.run("return innerWidth")).isEqualTo(390L);
            assertThat(browser.run("return document.querySelector('#assent').lang"))
                    .isEqualTo("fr");
            browser.click("#assent dialog [data-assent=accept-all]");
            browser.see("[data-assent=reopen]");
            String asked =
                    "const done = arguments[arguments.length - 1];"
                            + "fetch('/v1/sites/%s/consents', {method: 'POST', body: '%s'})"
                                    .formatted(site.siteKey(), TestChoice.json(site))
                            + ".then(() => done('sent'), () => done('refused'))";
            assertThat(browser.runAsync(asked)).isEqualTo("refused");
            assertThat(
                            browser.run(
                                    "try { return localStorage.length } catch (e) { return e.name }"))
                    .isEqualTo("SecurityError");
        }
        assertThat(records()).isEqualTo(before);
    }

    private static long records() throws SQLException {
        try (Connection connection = TestServers.connect(url);
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery("select count(*) from consent_record")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** As another program would have left it. */
    private static String publishedByAnOlderBuild(boolean keptItsScript) throws SQLException {
        int version = keptItsScript ? 2 : 3;
        // Its entry stands in for that of the artefact.
        assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
        byte[] widget = OLD_WIDGET.getBytes(UTF_8);
        String document =
                http.get("/v1/artefacts/" + site.sha256())
                        .body()
                        .replaceFirst(
                                "\"widget\":\"[0-9a-f]{64}\"",
                                "\"widget\":\"" + Hash.of(widget).hex() + "\"")
                        .replaceFirst("\"version\":1", "\"version\":" + version);
        byte[] artefact = document.getBytes(UTF_8);
        String script =
                "(function(assentPolicy){"
                        + OLD_WIDGET
                        + "\n})({\"site\":\""
                        + site.siteKey()
                        + "\"});\n";
        try (Connection connection = TestServers.connect(url)) {
            insert(
                    connection,
                    "insert into widget_build values (?, ?, now()) on conflict do nothing",
                    Hash.of(widget).bytes(),
                    widget);
            insert(
                    connection,
                    "insert into artefact values (?, ?)",
                    Hash.of(artefact).bytes(),
                    artefact);
            insert(
                    connection,
                    "insert into policy_version select site_id, "
                            + version
                            + ", ?, ?, (select min(index) from log_entry where index not in"
                            + " (select log_index from policy_version)), material, reason,"
                            + " published_at, now() + interval '10 years' from policy_version where version = 1"
                            + " and site_id = (select id from site where site_key = '"
                            + site.siteKey()
                            + "')",
                    Hash.of(artefact).bytes(),
                    Hash.of(widget).bytes());
            if (keptItsScript) {
                byte[] identity = script.getBytes(UTF_8);
                insert(
                        connection,
                        "insert into site_script (site_id, version, sha256, identity, gzip, brotli)"
                                + " select id, 2, ?, ?, '', '' from site where site_key = '"
                                + site.siteKey()
                                + "'",
                        Hash.of(identity).bytes(),
                        identity);
            }
        }
        return Hash.of(artefact).hex();
    }

    private static void insert(Connection connection, String sql, byte[] first, byte[] second)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, first);
            statement.setBytes(2, second);
            statement.executeUpdate();
        }
    }
}
