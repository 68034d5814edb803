// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import static dev.assent.console.TestConsole.fields;
import static dev.assent.console.TestConsole.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestOperator;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The policy editor as a browser without script uses it. */
class PolicyPagesTest extends OnANewSite {
    @Test
    void newSite_getsABeginningThatCanBeSavedAndPublished() {
        HttpResponse<String> begun = owner.get(policy);
        assertThat(begun.body()).contains("Nothing is saved yet", "A &lt;b&gt;shop&lt;/b&gt;");
        HttpResponse<String> saved = send(owner, policy, fields(begun), Map.of("do", "save"));
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
        assertThat(owner.get(policy + "?done=draft-saved").body())
                .contains("The draft is saved", "value=\"Test Ltd\"");

        HttpResponse<String> look = owner.get(policy + "/publish");
        assertThat(look.body()).contains("Publish version 1", "every visitor is asked");
        assertThat(fields(look)).containsEntry("reason", "The first policy of this site.");
        HttpResponse<String> refused =
                send(owner, policy + "/publish", fields(look), Map.of("reason", ""));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Say why.");
        HttpResponse<String> done =
                send(owner, policy + "/publish", fields(look), Map.of("reason", "It begins"));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        assertThat(owner.get(site + "/versions").body())
                .contains("Version 1", "It begins", "Olive Owner &lt;olive@example.com&gt;");
    }

    @Test
    void trackersLifetime_isTakenAndToldInWords() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/purposes/1/trackers/0/name", "visits");
        typed.put("/purposes/1/trackers/0/type", "cookie");
        typed.put("/purposes/1/trackers/0/lifetime", "for ever");
        assertThat(send(owner, policy, typed, Map.of("do", "save")).body())
                .contains("trackers-0-lifetime-wrong\">say a time such as 13 months");
        typed.put("/purposes/1/trackers/0/lifetime", " 13 Months");
        send(owner, policy, typed, Map.of("do", "save"));
        assertThat(owner.get(policy + "/export").body()).contains("\"lifetime\":\"P13M\"");
        assertThat(fields(owner.get(policy)))
                .containsEntry("/purposes/1/trackers/0/lifetime", "13 months");
        assertThat(owner.get(policy).body())
                .contains("Statistics on how the site is used (dpv:ServiceUsageAnalytics)");
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
                .contains("id=\"field-lifetime-wrong\">expected an ISO 8601 period")
                .contains("id=\"field-purposes-1-id-wrong\">expected a letter")
                .contains("id=\"field-purposes-1-hosts-wrong\">expected a host")
                .contains("id=\"field-appearance-radius-wrong\">expected an integer")
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
                .contains("field-appearance-accent-wrong\">the contrast of white text")
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
    void check_saysAllThatStandsInTheWayAndSavesNothing() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/controller/name", "");
        typed.put("/appearance/accent", "#ffff00");
        typed.put("/texts/en/acceptAll", "OK");
        typed.put("/texts/en/rejectAll", "OK");
        HttpResponse<String> checked = send(owner, policy, typed, Map.of("do", "check"));
        assertThat(checked.statusCode()).isEqualTo(200);
        assertThat(checked.body())
                .contains("Checked. Nothing is saved yet.", "3 things to mend")
                .contains("field-controller-name-wrong\">nobody is named")
                .contains("field-appearance-accent-wrong\">the contrast of white text")
                .contains("field-texts-en-rejectAll-wrong\">says the same as acceptAll");
        assertThat(owner.get(policy).body()).contains("Nothing is saved yet", "Test Ltd");
    }

    @Test
    void languageWithoutBuiltInTexts_isOfferedByItsTag() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/texts/en/withdraw", "Take it back");
        HttpResponse<String> added =
                send(owner, policy, typed, Map.of("do", "add-language", "other-language", "vi"));
        assertThat(added.body())
                .contains("nothing written yet")
                .doesNotContain("nobody can tell them apart")
                .contains(
                        "Vietnamese (vi)",
                        "texts are shown in English",
                        "placeholder=\"Take it back\"");
        HttpResponse<String> refused = send(owner, policy, fields(added), Map.of("do", "save"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("field-texts-vi-body-wrong\">fill this in")
                .doesNotContain("field-texts-vi-withdraw-wrong");
        HttpResponse<String> none =
                send(
                        owner,
                        policy,
                        typed,
                        Map.of("do", "add-language", "other-language", "klingon\u202e"));
        assertThat(none.body()).contains("There is no such language");
    }

    @Test
    void endedSession_givesTheDraftBackAfterSigningIn() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/texts/en/body", "Two\nlines of mine, 𝕬");
        typed.put("do", "save");
        TestOperator stranger = TestOperator.at(console.uri());
        HttpResponse<String> asked = send(stranger, policy, typed, Map.of());
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.body()).contains("What you typed is kept", "Two\nlines of mine, 𝕬");

        Map<String, String> kept = fields(asked);
        kept.putAll(Map.of("email", "olive@example.com", "password", TestOperator.PASSWORD));
        HttpResponse<String> offered = send(stranger, "/signin", kept, Map.of());
        assertThat(offered.statusCode()).as(offered.body()).isEqualTo(200);
        assertThat(owner.get(policy).body()).contains("Nothing is saved yet");
        assertThat(send(stranger, policy, fields(offered), Map.of()).statusCode()).isEqualTo(303);
        assertThat(owner.get(policy).body()).contains("Two\nlines of mine, 𝕬");
    }
}
