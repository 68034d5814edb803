// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyChangesTest {
    private static final String BEFORE =
            """
            {"controller":{"name":"Shop Ltd"},"lifetime":"P6M","defaultLanguage":"en",
             "reloadOnWithdrawal":true,"appearance":{"accent":"#0f4c5c"},
             "purposes":[
              {"id":"session","required":true,"saleOrShare":false,"trackers":[
               {"name":"sid","type":"cookie","match":"exact","thirdParty":false}]},
              {"id":"analytics","required":false,"saleOrShare":false,"dpv":"dpv:A",
               "signals":["analytics_storage"],"hosts":["stats.example"],"trackers":[
               {"name":"_ga","type":"cookie","match":"prefix","lifetime":"P13M","thirdParty":false}]}],
             "texts":{"en":{"title":"Cookies","purposes":{
                "session":{"name":"Needed","description":"Works"},
                "analytics":{"name":"Statistics","description":"Counts"}}},
              "fr":{"title":"Cookies ?","purposes":{
                "session":{"name":"Nécessaire","description":"Marche"},
                "analytics":{"name":"Statistiques","description":"Compte"}}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"P6M\" | \"P12M\" | How long a choice holds | 6 months | 1 year | true",
                "\"P6M\" | \"P3M\" | How long a choice holds | 6 months | 3 months | false",
                "Shop Ltd | Store Ltd | Who is responsible | Shop Ltd | Store Ltd | true",
                "#0f4c5c | #000000 | Colour of the buttons | #0f4c5c | #000000 | false",
                "P13M | P24M | Tracker _ga (cookie) of “Statistics” (analytics): lifetime changed"
                        + " | 13 months | 2 years | true",
                "dpv:A | dpv:B | Concept of “Statistics” (analytics) changed | dpv:A | dpv:B | true",
                "Cookies ? | Des cookies ? | Text “Heading” changed in French (fr)"
                        + " | Cookies ? | Des cookies ? | false",
                "\"Compte\" | \"Mesure\""
                        + " | Text “purposes: analytics/description” changed in French (fr)"
                        + " | Compte | Mesure | true"
            })
    void value_thatChanged_isToldWithBothWordings(
            String from, String to, String what, String old, String now, boolean asks)
            throws JsonException {
        assertThat(after(BEFORE.replace(from, to)))
                .containsExactly(new PolicyChange(what, old, now, asks));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sid\" | \"sid2\""
                        + " | Tracker added to “Needed” (session): sid2 (cookie)"
                        + " | Tracker gone from “Needed” (session): sid (cookie) | false",
                "\"_ga\" | \"_pk\""
                        + " | Tracker added to “Statistics” (analytics): _pk (cookie)"
                        + " | Tracker gone from “Statistics” (analytics): _ga (cookie) | true",
                "stats.example | *.stats.example"
                        + " | Held host added to “Statistics” (analytics): *.stats.example"
                        + " | Held host gone from “Statistics” (analytics): stats.example | true"
            })
    void member_thatCameOrWent_isToldByName(
            String from, String to, String added, String gone, boolean asks) throws JsonException {
        assertThat(after(BEFORE.replace(from, to)))
                .containsExactly(PolicyChange.said(added, asks), PolicyChange.said(gone, false));
    }

    @Test
    void purpose_thatCameOrWent_isToldOnce() throws JsonException {
        JsonObject old = json(BEFORE);
        JsonObject renamed = json(BEFORE.replace("\"analytics\"", "\"insight\""));
        assertThat(PolicyChanges.between(old, renamed))
                .containsExactly(
                        PolicyChange.said("Purpose added: “Statistics” (insight)", true),
                        PolicyChange.said("Purpose gone: “Statistics” (analytics)", false));
    }

    @Test
    void language_thatCameOrWent_isToldByName() throws JsonException {
        assertThat(after(BEFORE.replace("\"fr\":", "\"ar\":")))
                .containsExactly(
                        PolicyChange.said("Language added: Arabic (ar)", false),
                        PolicyChange.said("Language gone: French (fr)", false));
    }

    @Test
    void documentsThatSayTheSame_differInNothing() throws JsonException {
        assertThat(after(BEFORE)).isEmpty();
    }

    @Test
    void flags_areToldInWords() throws JsonException {
        String now = BEFORE.replace("\"required\":false", "\"required\":true");
        assertThat(after(now))
                .containsExactly(
                        PolicyChange.said(
                                "Purpose “Statistics” (analytics) now is always on", true));
    }

    private static List<PolicyChange> after(String now) throws JsonException {
        return PolicyChanges.between(json(BEFORE), json(now));
    }

    private static JsonObject json(String text) throws JsonException {
        return CanonicalJson.parseObject(text.getBytes(UTF_8));
    }
}
