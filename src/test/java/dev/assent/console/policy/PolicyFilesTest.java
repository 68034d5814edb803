// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import static dev.assent.console.TestConsole.fields;
import static dev.assent.console.TestConsole.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestOperator;
import dev.assent.console.TestConsole;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Import and export of policies. */
class PolicyFilesTest {
    private static TestConsole console;
    private static TestOperator owner;
    private static TestOperator auditor;

    private String site;
    private String policy;

    @BeforeAll
    static void start() {
        console = TestConsole.start();
        owner = console.owner;
        auditor = console.auditor;
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @BeforeEach
    void makeSite() {
        site = console.site();
        policy = site + "/policy";
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
                .hasValue("attachment; filename=\"policy-" + site.substring(15) + ".json\"");
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
    void longestPolicy_isSavedByTheForm() {
        String texts =
                Stream.of(
                                "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu",
                                "it", "lt", "lv", "mt", "nb", "nl", "pl", "pt", "ro", "sk", "sl",
                                "sv", "tr")
                        .map(language -> "\"" + language + "\":{" + longTexts() + "}")
                        .collect(Collectors.joining(","));
        String draft =
                "{\"controller\":{\"name\":\"Shop\"},\"defaultLanguage\":\"en\",\"purposes\":[{"
                        + "\"id\":\"session\",\"required\":true}],\"texts\":{"
                        + texts
                        + "}}";
        HttpResponse<String> shown = sendFile(owner, draft);
        assertThat(shown.statusCode()).isEqualTo(200);
        HttpResponse<String> saved = send(owner, policy, fields(shown), Map.of("do", "save"));
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(owner.get(policy + "/export").body()).hasSizeGreaterThan(200_000);
    }

    private static String longTexts() {
        return Stream.of("body", "preferencesBody", "gpc", "frame", "changed", "decided")
                .map(key -> "\"" + key + "\":\"" + key + "щ".repeat(1980) + "\"")
                .collect(Collectors.joining(","));
    }

    @Test
    void tenMegabytes_areRefusedInWords() {
        HttpResponse<String> refused = sendFile(owner, "x".repeat(10 << 20));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("<h1>", "at most");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("It was not taken", words);
    }

    private HttpResponse<String> sendFile(TestOperator who, String content) {
        String body =
                part("csrf", who.formToken())
                        + part("file\"; filename=\"policy.json", content)
                        + part("text", "")
                        + "--border--\r\n";
        return new Http(console.uri())
                .send(
                        "POST",
                        policy + "/import",
                        body,
                        "Accept",
                        "text/html",
                        "Cookie",
                        "assent-session=" + who.cookie(),
                        "Origin",
                        console.uri().toString(),
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
}
