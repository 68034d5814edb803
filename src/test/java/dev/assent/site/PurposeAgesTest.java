// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Since which version each purpose is as it is, over the life of a policy. */
class PurposeAgesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String DRAFT =
            """
            {"defaultLanguage":"en","purposes":[{"id":"session","required":true},
             {"id":"theme","dpv":"dpv:ServicePersonalisation"},
             {"id":"analytics","signals":["analytics_storage"],"hosts":["stats.example"],
              "trackers":[{"name":"_ga","type":"cookie"}]}],
             "texts":{"en":{"purposes":{"theme":{"name":"Looks"}}},"fr":{}}}
            """;

    private static final Site SITE =
            new Site(
                    1,
                    1,
                    "k7Q2mZ0pRb",
                    "Shop",
                    List.of("https://shop.example"),
                    null,
                    Period.ofMonths(24),
                    NOON,
                    null);

    @Test
    void firstVersion_isAsOldAsAllOfIt() throws JsonException {
        assertThat(ages(version(1, true, DRAFT, null)))
                .isEqualTo(Map.of("session", 1L, "theme", 1L, "analytics", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_ga | _gb",
                "\"type\":\"cookie\" | \"type\":\"cookie\",\"lifetime\":\"P1D\"",
                "analytics_storage | security_storage",
                "\"stats.example\" | \"stats.example\",\"more.example\"",
                "\"hosts\":[\"stats.example\"], | \"dpv\":\"dpv:Marketing\",",
                "\"id\":\"analytics\" | \"id\":\"analytics\",\"required\":true",
                "\"fr\":{} | \"fr\":{\"purposes\":{\"analytics\":{\"name\":\"Mesure\"}}}",
                "\"fr\":{} | \"fr\":{\"purposes\":{\"analytics\":{\"description\":\"Mesure\"}}}"
            })
    void changedPurpose_isNew(String old, String changed) throws JsonException {
        JsonObject first = version(1, true, DRAFT, null);
        JsonObject second = version(2, true, DRAFT.replace(old, changed), first);
        assertThat(ages(second)).isEqualTo(Map.of("session", 1L, "theme", 1L, "analytics", 2L));
    }

    @Test
    void addedPurpose_isNew() throws JsonException {
        JsonObject first = version(1, true, DRAFT, null);
        assertThat(ages(version(2, true, with("marketing"), first)))
                .isEqualTo(Map.of("session", 1L, "theme", 1L, "analytics", 1L, "marketing", 2L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"texts\" | \"lifetime\":\"P3M\",\"texts\"",
                "\"fr\":{} | \"fr\":{},\"de\":{}",
                "\"fr\":{} | \"fr\":{\"title\":\"Témoins\"}",
                "\"fr\":{} | \"fr\":{\"changes\":\"Rien\"}"
            })
    void materialVersionWithTheSamePurposes_asksAboutAll(String old, String changed)
            throws JsonException {
        JsonObject first = version(1, true, DRAFT, null);
        assertThat(ages(version(2, true, DRAFT.replace(old, changed), first)).values())
                .containsOnly(2L);
    }

    @Test
    void versionThatIsNotMaterial_leavesAgesAndNewPurposesAreNew() throws JsonException {
        JsonObject first = version(1, true, DRAFT, null);
        JsonObject second = version(2, false, with("chat").replace("_ga", "_gb"), first);
        assertThat(ages(second))
                .isEqualTo(Map.of("session", 1L, "theme", 1L, "analytics", 1L, "chat", 2L));
        JsonObject third = version(3, false, with("chat"), second);
        assertThat(ages(third)).isEqualTo(ages(second));
        JsonObject fourth = version(4, true, with("chat").replace("_ga", "_gb"), first);
        assertThat(ages(fourth))
                .isEqualTo(Map.of("session", 1L, "theme", 1L, "analytics", 4L, "chat", 4L));
    }

    @Test
    void texts_withoutACommonLanguage_areNew() throws JsonException {
        JsonObject first = version(1, true, DRAFT, null);
        String german =
                DRAFT.replaceAll("\"texts\".*", "\"texts\":{\"de\":{}}}")
                        .replace("\"en\"", "\"de\"");
        assertThat(ages(version(2, false, german, first)).values()).containsOnly(1L);
        assertThat(ages(version(2, true, german, first)).values()).containsOnly(2L);
    }

    @Test
    void documentWithoutAges_isAsOldAsItsQuestion() throws JsonException {
        JsonObject old =
                CanonicalJson.parseObject(
                        CanonicalJson.writeText(version(3, true, DRAFT, null))
                                .replace(",\"since\":3", "")
                                .replace("\"asks\":3", "\"asks\":2")
                                .getBytes(UTF_8));
        assertThat(ages(version(4, true, with("chat"), old)))
                .isEqualTo(Map.of("session", 2L, "theme", 2L, "analytics", 2L, "chat", 4L));
    }

    /** The draft with a purpose more, at its beginning. */
    private static String with(String id) {
        return DRAFT.replace("\"purposes\":[", "\"purposes\":[{\"id\":\"" + id + "\"},");
    }

    private static JsonObject version(
            int number, boolean material, String draft, @Nullable JsonObject before)
            throws JsonException {
        PolicyDraft policy =
                PolicyDraftReader.read(
                        CanonicalJson.parseObject(draft.getBytes(UTF_8)), new ArrayList<>());
        int asks = material ? number : 1;
        var edition =
                new Artefact.Edition(
                        number, asks, material, "because", Hash.of(), NOON, NOON, null);
        return Artefact.compose(SITE, policy, edition, before);
    }

    private static Map<String, Long> ages(JsonObject artefact) throws JsonException {
        Map<String, Long> ages = new TreeMap<>();
        for (JsonValue purpose : artefact.array("purposes")) {
            ages.put(((JsonObject) purpose).text("id"), ((JsonObject) purpose).integer("since"));
        }
        return ages;
    }
}
