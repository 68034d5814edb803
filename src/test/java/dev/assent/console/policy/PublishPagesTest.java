// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import static dev.assent.console.TestConsole.fields;
import static dev.assent.console.TestConsole.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestServers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Publishing, the versions, and who may see them. */
class PublishPagesTest extends OnANewSite {
    @Test
    void versions_areComparedInWords() {
        console.publish(site, Map.of("reason", "First"));
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

        String versions = site + "/versions/";
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
    void whoHasPublished_isLedToTheTag() {
        HttpResponse<String> done = console.publish(site, Map.of("reason", "First"));
        String next = done.headers().firstValue("Location").orElseThrow();
        assertThat(owner.get(next).body())
                .contains("href=\"" + site + "#tag\"", "href=\"" + site + "#check\"");
        assertThat(owner.get(site + "/versions").body()).doesNotContain(site + "#tag");
    }

    @Test
    void lastLook_tellsWhatIsMissing() {
        send(owner, policy, fields(owner.get(policy)), Map.of("do", "save"));
        assertThat(owner.get(policy + "/publish").body())
                .contains("No contact is named")
                .contains(
                        "No cookie or other tracker is declared under “Visitor statistics”,"
                                + " “Advertising”")
                .contains("No cookie or other tracker is declared here.");
    }

    @Test
    void version_becomesTheDraftAgain() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/texts/en/title", "Biscuits");
        typed.put("/texts/vi/title", "Bánh");
        for (String key : new String[] {"body", "acceptAll", "rejectAll", "choose", "save"}) {
            typed.put("/texts/vi/" + key, "vi " + key);
        }
        for (int i = 0; i < 3; i++) {
            typed.put("/texts/vi/purposes/@" + i + "/name", "vi " + i);
            typed.put("/texts/vi/purposes/@" + i + "/description", "vi " + i);
        }
        typed.put("/purposes/1/hosts", "stats.example");
        typed.put("/appearance/radius", "12");
        assertThat(send(owner, policy, typed, Map.of("do", "save")).statusCode()).isEqualTo(303);
        publish("First");
        Map<String, String> first = fields(owner.get(policy));
        Map<String, String> second = new HashMap<>(first);
        second.put("/texts/en/title", "Cookies of ours");
        send(owner, policy, second, Map.of("do", "save"));
        publish("Second");

        String use = site + "/versions/1/draft";
        assertThat(owner.get(site + "/versions/1").body()).contains("as the draft again", use);
        assertThat(auditor.get(site + "/versions/1").body()).doesNotContain(use);
        HttpResponse<String> used = owner.post(use);
        assertThat(used.headers().firstValue("Location")).hasValue(policy + "?done=draft-again");
        Map<String, String> again = fields(owner.get(policy));
        assertThat(again)
                .containsEntry("/texts/en/title", "Biscuits")
                .containsEntry("/texts/vi/body", "vi body")
                .containsEntry("/texts/vi/withdraw", "")
                .containsEntry("/texts/en/body", "");
        assertThat(owner.get(policy + "/publish").body())
                .contains("Text “Heading” changed in English (en)");
        assertThat(owner.get(site + "/versions").body()).doesNotContain("Version 3");
        assertThat(owner.post(site + "/versions/9/draft").statusCode()).isEqualTo(404);
    }

    @Test
    void draftWithChanges_isNotLostToAVersionUnasked() {
        console.publish(site, Map.of("reason", "First"));
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/texts/en/title", "Not published yet");
        send(owner, policy, typed, Map.of("do", "save"));
        HttpResponse<String> asked = owner.post(site + "/versions/1/draft");
        assertThat(asked.statusCode()).isEqualTo(409);
        assertThat(asked.body()).contains("Not published yet", policy + "/export");
        assertThat(owner.get(policy).body()).contains("Not published yet");

        Map<String, String> sure = fields(asked);
        typed.putAll(fields(owner.get(policy)));
        typed.put("/texts/en/title", "Slipped in");
        send(editor, policy, typed, Map.of("do", "save"));
        assertThat(send(owner, site + "/versions/1/draft", sure, Map.of()).body())
                .contains("Slipped in");
        HttpResponse<String> shown = owner.post(site + "/versions/1/draft");
        assertThat(send(owner, site + "/versions/1/draft", fields(shown), Map.of()).statusCode())
                .isEqualTo(303);
        assertThat(owner.get(policy).body()).doesNotContain("Slipped in");
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
        assertThat(owner.get(site + "/versions").body()).contains("Nothing published yet");
    }

    @Test
    void laterDate_isAnnouncedOrRefusedAtItsField() {
        console.publish(site, Map.of("reason", "First"));
        Map<String, String> typed = fields(owner.get(policy + "/publish"));
        typed.putAll(Map.of("reason", "Later", "when", "later", "announceDays", "900"));
        typed.put("effectiveAt", "soon");
        HttpResponse<String> refused = send(owner, policy + "/publish", typed, Map.of());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "effective-wrong\">expected a time", "announce-wrong\">expected an integer")
                .contains("value=\"900\"");
        String date =
                java.time.LocalDateTime.now(java.time.ZoneOffset.UTC)
                        .plusDays(30)
                        .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
                        .toString();
        typed.putAll(Map.of("effectiveAt", date, "announceDays", "7"));
        assertThat(send(owner, policy + "/publish", typed, Map.of()).statusCode()).isEqualTo(303);
        assertThat(owner.get(site + "/versions").body())
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
        for (String path :
                List.of("/policy", "/policy/preview", "/policy/publish", "/policy/import")) {
            String address = "/console/sites/" + foreign + path;
            typed.put("reason", "Mine");
            assertThat(send(owner, address, typed, Map.of("do", "save")).statusCode())
                    .as(address)
                    .isEqualTo(404);
        }
    }

    @Test
    void policyOfNobody_isNotPublished() {
        Map<String, String> typed = fields(owner.get(policy));
        typed.put("/controller/name", "");
        assertThat(send(owner, policy, typed, Map.of("do", "save")).statusCode()).isEqualTo(303);
        HttpResponse<String> look = owner.get(policy + "/publish");
        assertThat(look.body())
                .contains("cannot be published yet")
                .contains("policy#field-controller-name\">Who asks: name</a>: nobody is named");
        HttpResponse<String> refused =
                send(owner, policy + "/publish", Map.of("material", "yes"), Map.of("reason", "Go"));
        assertThat(refused.statusCode()).isIn(409, 422);
        assertThat(owner.get(site + "/versions").body()).contains("Nothing published yet");
    }

    private void publish(String reason) {
        HttpResponse<String> look = owner.get(policy + "/publish");
        HttpResponse<String> done =
                send(owner, policy + "/publish", fields(look), Map.of("reason", reason));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
    }

    private static String foreignSite() throws SQLException {
        try (var connection = TestServers.connect(console.database);
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
}
