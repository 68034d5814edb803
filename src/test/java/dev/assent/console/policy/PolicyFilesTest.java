// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import static dev.assent.console.TestConsole.fields;
import static dev.assent.console.TestConsole.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestOperator;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a draft is made of at first: a few answers, or a file. */
class PolicyFilesTest extends OnANewSite {
    @Test
    void fewAnswers_makeADraftThatIsSeenBeforeItIsPublished() {
        String start = policy + "/start";
        assertThat(owner.get(site).body()).contains(start);
        assertThat(owner.get(policy).body()).contains("Quicker:", start);
        Map<String, String> answers = fields(owner.get(start));
        assertThat(answers)
                .containsEntry("/controller/name", "Test Ltd")
                .doesNotContainKey("/uses");
        HttpResponse<String> refused =
                send(owner, start, answers, Map.of("/controller/name", " ", "/tools", "meta"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("Nothing is made yet", "field-uses-wrong\">choose one")
                .contains("field-controller-name-wrong\">say who asks")
                .contains("value=\"meta\" checked");
        answers.put("/uses", "statistics");
        answers.put("/tools", "\ngoogle-analytics\nmeta\nwoocommerce");
        answers.put("/defaultLanguage", "fr");
        answers.put("/privacyPolicyUrl", "nowhere");
        assertThat(send(owner, start, answers, Map.of()).body())
                .contains("field-privacyPolicyUrl-wrong\">expected an http");
        answers.put("/privacyPolicyUrl", "https://shop.example/privacy");
        HttpResponse<String> made = send(owner, start, answers, Map.of());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);

        Map<String, String> draft = fields(owner.get(policy));
        assertThat(draft)
                .containsEntry("/purposes/0/trackers/2/name", "woocommerce_cart_hash")
                .containsEntry("/purposes/0/trackers/4/lifetime", "2 days")
                .containsEntry("/purposes/1/trackers/1/name", "_ga_")
                .containsEntry("/purposes/1/trackers/1/match", "prefix")
                .containsEntry("/purposes/1/signals", "analytics_storage")
                .containsEntry("/googleConsentMode", "yes")
                .doesNotContainKeys("/purposes/2/id", "/texts/en");
        assertThat(draft.get("/purposes/1/hosts")).contains("*.google-analytics.com");
        HttpResponse<String> again = send(owner, start, answers, Map.of("/uses", "needed"));
        assertThat(again.headers().firstValue("Location")).hasValue(policy + "?done=draft-there");
        assertThat(owner.get(start).headers().firstValue("Location")).hasValue(policy);
        assertThat(fields(owner.get(policy))).isEqualTo(draft);

        HttpResponse<String> saved = send(owner, policy, draft, Map.of("do", "publish"));
        assertThat(saved.headers().firstValue("Location")).hasValue(policy + "/publish");
        assertThat(owner.get(policy + "/publish").body())
                .contains("Mesure d’audience", "always on, not asked", "Test Ltd", "French (fr)")
                .contains("_ga_…</span> <span class=\"soft\">cookie, Google, 2 years")
                .contains("Held back until it is allowed", "www.googletagmanager.com")
                .contains("No contact is named", "none named", "https://shop.example/privacy")
                .contains("src=\"" + policy + "/preview\"")
                .doesNotContain("is declared under");
    }

    @Test
    void everyToolThatIsKnown_makesADraftThatCanBePublished() {
        Map<String, String> answers = fields(owner.get(policy + "/start"));
        answers.put("/uses", "advertising");
        answers.put("/controller/contact", "privacy@shop.example");
        answers.put("/tools", String.join("\n", Tool.ALL.stream().map(Tool::id).toList()));
        assertThat(send(owner, policy + "/preview", answers, Map.of()).body())
                .contains("_fbp", "doubleclick.net");
        send(owner, policy + "/start", answers, Map.of());
        HttpResponse<String> look = owner.get(policy + "/publish");
        assertThat(look.body())
                .contains("_fbp", "_uetvid", "PHPSESSID", "Google, Microsoft, Matomo")
                .doesNotContain("cannot be published", "second thought");
        assertThat(look.body().split("www.googletagmanager.com", -1)).hasSize(2);
        assertThat(send(owner, policy + "/publish", fields(look), Map.of()).statusCode())
                .isEqualTo(303);
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
