// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import dev.assent.account.SetUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy's pages as a browser without script uses them. */
class PolicyPagesTest {
    private static EmbeddedServer server;
    private static TestApi api;
    private static String database;
    private static TestOperator owner;
    private static TestOperator editor;
    private static TestOperator auditor;

    private String siteKey;
    private String policy;

    @BeforeAll
    static void start() {
        Map<String, String> properties = TestApi.properties();
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        database = Objects.requireNonNull(properties.get("assent.database.url"));
        api = TestApi.of(server.getURI());
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
        editor = owner.colleague("ed@example.com", "editor");
        auditor = owner.colleague("audrey@example.com", "auditor");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeSite() {
        String wish = "{\"name\":\"A <b>shop</b>\",\"origins\":[\"https://shop.example\"]}";
        siteKey = api.post("/v1/admin/sites", wish).text("siteKey");
        policy = "/console/sites/" + siteKey + "/policy";
    }

    @Test
    void newSite_getsABeginningThatCanBeSavedAndPublished() {
        HttpResponse<String> begun = owner.get(policy);
        assertThat(begun.body()).contains("Nothing is saved yet", "A &lt;b&gt;shop&lt;/b&gt;");
        HttpResponse<String> saved = send(owner, policy, fields(begun), Map.of("do", "save"));
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
        assertThat(owner.get(policy + "?saved=yes").body())
                .contains("The draft is saved", "value=\"Test Ltd\"");

        HttpResponse<String> look = owner.get(policy + "/publish");
        assertThat(look.body()).contains("Publish version 1", "every visitor is asked");
        HttpResponse<String> refused = send(owner, policy + "/publish", fields(look), Map.of());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Say why.");
        HttpResponse<String> done =
                send(owner, policy + "/publish", fields(look), Map.of("reason", "It begins"));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        assertThat(owner.get("/console/sites/" + siteKey + "/versions").body())
                .contains(
                        "Version 1",
                        "It begins",
                        "Olive Owner &lt;olive@example.com&gt;",
                        "/proof");
    }

    @Test
    void faults_standAtTheirFieldsAndNothingTypedIsLost() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/lifetime", "for ever");
        typed.put("/purposes/1/id", "no id!");
        typed.put("/purposes/1/hosts", "ok.example\nhttp://no.example/");
        typed.put("/texts/en/purposes/@1/name", "\u202e<script>alert(1)</script>𝕬");
        typed.put("/appearance/radius", "round");
        HttpResponse<String> refused = send(owner, policy, typed, Map.of("do", "save"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("It is not saved yet")
                .contains("id=\"field-lifetime-fault\">expected an ISO 8601 period")
                .contains("id=\"field-purposes-1-id-fault\">expected a letter")
                .contains("id=\"field-purposes-1-hosts-fault\">expected a host")
                .contains("id=\"field-appearance-radius-fault\">expected an integer")
                .contains("value=\"for ever\"", "&lt;script>alert(1)", "𝕬")
                .doesNotContain("<script>alert");
        assertThat(owner.get(policy).body()).contains("Nothing is saved yet");
    }

    @Test
    void obstacles_areSavedAndSaid() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/appearance/accent", "#ffff00");
        typed.put("/purposes/0/trackers/0/name", "_ga");
        assertThat(send(owner, policy, typed, Map.of("do", "save")).statusCode()).isEqualTo(303);
        assertThat(owner.get(policy).body())
                .contains("It can be saved, but not published yet")
                .contains("field-appearance-accent-fault\">the contrast of white text")
                .contains("Worth a second thought", "is always on, yet");
        HttpResponse<String> look = owner.get(policy + "/publish");
        assertThat(look.body()).contains("cannot be published yet", "the contrast");
    }

    @Test
    void secondOfTwoEditors_isToldWhatTheFirstChanged() {
        send(owner, policy, fields(owner.get(policy)), Map.of("do", "save"));
        Map<String, String> first = fields(editor.get(policy));
        Map<String, String> second = fields(owner.get(policy));
        first.put("/texts/en/title", "Biscuits of theirs");
        second.put("/texts/en/body", "A body of mine");
        assertThat(send(editor, policy, first, Map.of("do", "save")).statusCode()).isEqualTo(303);

        HttpResponse<String> told = send(owner, policy, second, Map.of("do", "save"));
        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(told.body())
                .contains("Somebody else was quicker", "Colleague &lt;ed@example.com&gt;")
                .contains("Text “Heading” changed in English (en)", "Biscuits of theirs")
                .contains("A body of mine");
        assertThat(owner.get(policy).body()).doesNotContain("A body of mine");
        assertThat(send(owner, policy, fields(told), Map.of("do", "save")).statusCode())
                .isEqualTo(303);
        assertThat(owner.get(policy).body()).contains("A body of mine");
    }

    @Test
    void buttons_changeTheFormAndSaveNothing() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/purposes/2/id", "advertising");
        HttpResponse<String> added = send(owner, policy, typed, Map.of("do", "add-tracker/2"));
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(added.body())
                .contains("Not saved yet.", "/purposes/2/trackers/0/name", "advertising");
        HttpResponse<String> raised = send(owner, policy, fields(added), Map.of("do", "raise/2"));
        assertThat(fields(raised)).containsEntry("/purposes/1/id", "advertising");
        HttpResponse<String> french =
                send(owner, policy, fields(raised), Map.of("do", "add-language", "language", "fr"));
        assertThat(french.body()).contains("French (fr)", "Tout refuser");
        assertThat(send(owner, policy, typed, Map.of("do", "explode")).statusCode()).isEqualTo(400);
        assertThat(owner.get(policy).body()).contains("Nothing is saved yet");
    }

    @Test
    void formCutShort_isRefused() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.remove("end");
        assertThat(send(owner, policy, typed, Map.of("do", "save")).statusCode()).isEqualTo(400);
    }

    @Test
    void preview_isTheRealBannerOfTheFormAndCanDoNothing() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/texts/en/title", "Only in the form");
        HttpResponse<String> shown =
                send(
                        owner,
                        policy + "/preview",
                        typed,
                        Map.of("preview-language", "ar", "preview-scheme", "dark"));
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        assertThat(shown.body())
                .contains("<html lang=\"ar\" dir=\"rtl\" data-scheme=\"dark\">")
                .contains("Only in the form", "(function(assentPolicy){");
        assertThat(shown.body().split("</script>")).hasSize(3);
        assertThat(shown.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(csp ->
                        assertThat(csp)
                                .startsWith("sandbox allow-scripts; default-src 'none'")
                                .contains("connect-src 'none'", "frame-ancestors 'self'")
                                .doesNotContain("unsafe", "allow-same-origin"));
        assertThat(owner.get(policy + "/preview").body()).contains("(function(assentPolicy){");
        typed.put("/defaultLanguage", "klingon");
        assertThat(send(owner, policy + "/preview", typed, Map.of()).body())
                .contains("nothing to show yet");
    }

    @Test
    void importAndExport_giveBackTheSamePolicy() throws Exception {
        String example = Files.readString(Path.of("examples/chatops.json"));
        HttpResponse<String> shown = sendFile(owner, example);
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        assertThat(shown.body()).contains("This is what the file holds", "Vietnamese (vi)");
        assertThat(send(owner, policy, fields(shown), Map.of("do", "save")).statusCode())
                .isEqualTo(303);
        HttpResponse<String> exported = auditor.get(policy + "/export");
        assertThat(exported.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"policy-" + siteKey + ".json\"");
        assertThat(exported.body()).contains("Cài đặt cookie");
        HttpResponse<String> again = sendFile(owner, exported.body());
        assertThat(again.body()).contains("This is what the file holds");
    }

    @Test
    void nonsense_isNotImportedAndSaysWhy() {
        assertRefused(sendFile(owner, "no <b>JSON</b>"), 400, "not JSON");
        assertRefused(sendFile(owner, "[]"), 422, "It was not taken");
        assertRefused(sendFile(owner, "{\"a\":1}"), 422, "<code>/a</code>: unknown field");
        assertRefused(sendFile(owner, ""), 400, "It was not taken");
        String big = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        assertRefused(sendFile(owner, big), 413, "at most 1048576 bytes");
        assertThat(owner.get(policy).body()).contains("Nothing is saved yet");
    }

    @Test
    void tenMegabytes_areRefusedInWords() {
        HttpResponse<String> refused = sendFile(owner, "x".repeat(10 << 20));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("<h1>", "at most");
    }

    @Test
    void versions_areComparedInWords() {
        publish(Map.of("reason", "First"));
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/texts/en/title", "Biscuits");
        typed.put("/purposes/1/trackers/0/name", "_ga");
        typed.put("/purposes/1/trackers/0/type", "cookie");
        send(owner, policy, typed, Map.of("do", "save"));
        HttpResponse<String> look = owner.get(policy + "/publish");
        assertThat(look.body())
                .contains("Tracker added to “Visitor statistics” (analytics): _ga (cookie)")
                .contains("Proposed: ask again");
        Map<String, String> wish = fields(look);
        wish.putAll(Map.of("reason", "Counts", "material", "yes", "when", "now"));
        assertThat(send(owner, policy + "/publish", wish, Map.of()).statusCode()).isEqualTo(303);

        String versions = "/console/sites/" + siteKey + "/versions/";
        assertThat(auditor.get(versions + "1/diff/2").body())
                .contains("_ga (cookie)", "<ins dir=\"auto\">Biscuits</ins>");
        assertThat(auditor.get(versions + "2/diff/1").body()).contains("Tracker gone");
        assertThat(auditor.get(versions + "2").body()).contains("Counts", "_ga (cookie)");
        assertThat(auditor.get(versions + "compare?from=1&to=2").headers().firstValue("Location"))
                .hasValue(versions + "1/diff/2");
        assertThat(owner.get(policy + "/publish").body())
                .contains("within the last six months", "Proposed: let them keep it");
        for (String none : List.of("3", "0", "x", "1/diff/9", "compare?from=x&to=1")) {
            assertThat(owner.get(versions + none).statusCode()).as(none).isEqualTo(404);
        }
    }

    @Test
    void publication_ofADraftThatChangedMeanwhile_isHeldBack() {
        send(owner, policy, fields(owner.get(policy)), Map.of("do", "save"));
        HttpResponse<String> look = owner.get(policy + "/publish");
        Map<String, String> typed = fields(editor.get(policy));
        typed.put("/texts/en/title", "Slipped in");
        send(editor, policy, typed, Map.of("do", "save"));
        HttpResponse<String> held =
                send(owner, policy + "/publish", fields(look), Map.of("reason", "Go"));
        assertThat(held.statusCode()).isEqualTo(409);
        assertThat(held.body()).contains("Somebody has changed the draft", ">\nGo</textarea>");
        assertThat(owner.get("/console/sites/" + siteKey + "/versions").body())
                .contains("Nothing has been published yet");
    }

    @Test
    void laterDate_isAnnouncedOrRefusedAtItsField() {
        publish(Map.of("reason", "First"));
        Map<String, String> typed = fields(owner.get(policy + "/publish"));
        typed.putAll(Map.of("reason", "Later", "when", "later", "announceDays", "900"));
        typed.put("effectiveAt", "soon");
        HttpResponse<String> refused = send(owner, policy + "/publish", typed, Map.of());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "effective-fault\">expected a time", "announce-fault\">expected an integer")
                .contains("value=\"900\"");
        String date =
                java.time.LocalDateTime.now(java.time.ZoneOffset.UTC)
                        .plusDays(30)
                        .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
                        .toString();
        typed.putAll(Map.of("effectiveAt", date, "announceDays", "7"));
        assertThat(send(owner, policy + "/publish", typed, Map.of()).statusCode()).isEqualTo(303);
        assertThat(owner.get("/console/sites/" + siteKey + "/versions").body())
                .containsPattern("scheduled|pending")
                .contains("Later");
    }

    @Test
    void auditor_readsAndChangesNothing() {
        send(owner, policy, fields(owner.get(policy)), Map.of("do", "save"));
        HttpResponse<String> page = auditor.get(policy);
        assertThat(page.body()).contains("<fieldset class=\"draft\" disabled>");
        assertThat(page.body()).doesNotContain("Save the draft");
        assertThat(send(auditor, policy, fields(page), Map.of("do", "save")).statusCode())
                .isEqualTo(403);
        assertThat(auditor.get(policy + "/publish").statusCode()).isEqualTo(403);
        assertThat(auditor.get(policy + "/import").statusCode()).isEqualTo(403);
        assertThat(auditor.get(policy + "/preview").statusCode()).isEqualTo(200);
    }

    @Test
    void sitesOfOthers_areNotThere() throws SQLException {
        String foreign = foreignSite();
        for (String key : List.of(foreign, "nothing", "0123456789", "..%2f")) {
            for (String path :
                    List.of(
                            "/policy",
                            "/policy/preview",
                            "/policy/publish",
                            "/policy/import",
                            "/policy/export",
                            "/versions",
                            "/versions/1",
                            "/versions/1/diff/1",
                            "/versions/compare?from=1&to=1")) {
                String address = "/console/sites/" + key + path;
                assertThat(owner.get(address).statusCode()).as(address).isEqualTo(404);
            }
        }
        Map<String, String> typed = fields(owner.get(policy));
        for (String path : List.of("/policy", "/policy/preview", "/policy/publish")) {
            String address = "/console/sites/" + foreign + path;
            typed.put("reason", "Mine");
            assertThat(send(owner, address, typed, Map.of("do", "save")).statusCode())
                    .as(address)
                    .isEqualTo(404);
        }
    }

    private void publish(Map<String, String> wish) {
        send(owner, policy, fields(owner.get(policy)), Map.of("do", "save"));
        HttpResponse<String> done =
                send(owner, policy + "/publish", fields(owner.get(policy + "/publish")), wish);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("It was not taken", words);
    }

    private static String foreignSite() throws SQLException {
        try (var connection = TestServers.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into organization (name, created_at) values ('Other Ltd', now());
                    insert into site (organization_id, site_key, name, origins, retention, created_at)
                    select max(id), 'FOREIGN123', 'Theirs', array['https://o.example'], 'P24M', now()
                    from organization on conflict do nothing
                    """);
        }
        return "FOREIGN123";
    }

    private HttpResponse<String> sendFile(TestOperator who, String content) {
        String body =
                part("csrf", who.formToken())
                        + part("file\"; filename=\"policy.json", content)
                        + part("text", "")
                        + "--border--\r\n";
        return new Http(server.getURI())
                .send(
                        "POST",
                        policy + "/import",
                        body,
                        "Accept",
                        "text/html",
                        "Cookie",
                        "assent-session=" + who.cookie(),
                        "Origin",
                        server.getURI().toString(),
                        "Content-Type",
                        "multipart/form-data; boundary=border");
    }

    private static String part(String name, String value) {
        return "--border\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\n\r\n"
                + value
                + "\r\n";
    }

    private static HttpResponse<String> send(
            TestOperator who, String path, Map<String, String> typed, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(typed);
        all.putAll(more);
        all.remove("csrf");
        List<String> fields = new ArrayList<>();
        all.forEach((name, value) -> fields.addAll(List.of(name, value)));
        return who.post(path, fields.toArray(String[]::new));
    }

    /** What a browser would send of the page's last form, without its buttons. */
    private static Map<String, String> fields(HttpResponse<String> page) {
        Map<String, String> fields = new HashMap<>();
        Matcher field =
                Pattern.compile(
                                "<input ([^>]*?)name=\"([^\"]+)\"([^>]*)>"
                                        + "|<textarea [^>]*?name=\"([^\"]+)\"[^>]*>\n?([^<]*)</textarea>"
                                        + "|<select [^>]*?name=\"([^\"]+)\"[^>]*>(.*?)</select>",
                                Pattern.DOTALL)
                        .matcher(page.body());
        while (field.find()) {
            if (field.group(2) != null) {
                input(field.group(2), field.group(1) + field.group(3), fields);
            } else if (field.group(4) != null) {
                fields.put(field.group(4), unescaped(field.group(5)));
            } else {
                Matcher chosen =
                        Pattern.compile("<option value=\"([^\"]*)\"( selected)?")
                                .matcher(field.group(7));
                String value = "";
                for (boolean first = true; chosen.find(); first = false) {
                    value = first || chosen.group(2) != null ? chosen.group(1) : value;
                }
                fields.put(field.group(6), value);
            }
        }
        return fields;
    }

    private static void input(String name, String attributes, Map<String, String> fields) {
        boolean box = attributes.matches("(?s).*type=\"(checkbox|radio)\".*");
        if (box && !attributes.matches("(?s).* checked.*")) {
            return;
        }
        Matcher value = Pattern.compile("value=\"([^\"]*)\"").matcher(attributes);
        fields.put(name, value.find() ? unescaped(value.group(1)) : "");
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
