// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptPayloadTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Site SITE =
            new Site(
                    1,
                    1,
                    "k7Q2mZ0pRb",
                    "Shop",
                    List.of("https://shop.example"),
                    "shop.example",
                    Period.ofMonths(24),
                    NOON,
                    null);

    @Test
    void payload_isTheArtefactWithoutWhatIsFetchedWhenItIsAskedFor() throws JsonException {
        JsonObject artefact = artefact("x");
        Hash sha256 = Hash.of(CanonicalJson.write(artefact));
        JsonObject payload = CanonicalJson.parseObject(ScriptPayload.of(artefact, sha256));

        assertThat(payload.keys())
                .containsExactlyInAnyOrder(
                        "site",
                        "version",
                        "sha256",
                        "asks",
                        "maxAgeSeconds",
                        "cookieDomain",
                        "privacyPolicyUrl",
                        "controller",
                        "reloadOnWithdrawal",
                        "matomo",
                        "purposes",
                        "defaultLanguage",
                        "texts");
        assertThat(payload.text("sha256")).isEqualTo(sha256.hex());
        assertThat(payload.integer("maxAgeSeconds")).isEqualTo(181L * 24 * 60 * 60);
        assertThat(payload.integer("asks")).isEqualTo(2);
        assertThat(CanonicalJson.writeText(payload.object("controller")))
                .isEqualTo("{\"name\":\"Shop\"}");
        assertThat(payload.array("purposes").stream().map(CanonicalJson::writeText))
                .containsExactly(
                        "{\"id\":\"session\",\"required\":true,\"since\":3}",
                        "{\"hosts\":[\"*.stats.example\"],\"id\":\"analytics\",\"sale\":true,"
                                + "\"signals\":[\"analytics_storage\"],\"since\":3,\"trackers\":["
                                + "{\"domain\":\".shop.example\",\"match\":\"prefix\","
                                + "\"name\":\"_ga_*\",\"type\":\"cookie\"}]}");
    }

    @Test
    void policyWithNothingToChoose_asksNobody() throws JsonException {
        String needed =
                CanonicalJson.writeText(artefact("x"))
                        .replace("\"required\":false", "\"required\":true");
        JsonObject artefact = CanonicalJson.parseObject(needed.getBytes(UTF_8));

        assertThat(artefact.integer("asks")).isEqualTo(2);
        assertThat(CanonicalJson.parseObject(ScriptPayload.of(artefact, Hash.of())).integer("asks"))
                .isZero();
    }

    @Test
    void payload_carriesTheTextsOfTheBannerAlone() throws JsonException {
        JsonObject artefact = artefact("x");
        JsonObject texts =
                CanonicalJson.parseObject(ScriptPayload.of(artefact, Hash.of()))
                        .object("texts", "en");

        assertThat(texts.text("changes")).isEqualTo("We count visits now.");
        assertThat(texts.text("purposes", "analytics", "name")).isEqualTo("Visitor statistics");
        assertThat(texts.keys()).doesNotContain("details");
        assertThat(artefact.object("texts", "en", "details").keys()).contains("history");
    }

    @Test
    void markup_cannotEndAScript() throws JsonException {
        String evil = "</script><!--<script>alert('\\u2028')";
        JsonObject artefact = artefact(evil);
        byte[] payload = ScriptPayload.of(artefact, Hash.of());

        assertThat(new String(payload, UTF_8)).doesNotContain("<");
        assertThat(CanonicalJson.parseObject(payload).text("texts", "en", "title"))
                .isEqualTo(artefact.text("texts", "en", "title"))
                .contains("</script><!--");
    }

    @Test
    void artefact_isReadBackAsTheVersionItIs() throws JsonException {
        byte[] document = CanonicalJson.write(artefact("x"));
        PolicyRow row =
                new PolicyRow(1, 3, Hash.of(document), Hash.of(), 7, false, "because", NOON, NOON);
        PolicyVersion version = Artefact.read("k7Q2mZ0pRb", row, document);

        assertThat(version.languages()).containsExactly("en");
        assertThat(version.lifetime()).isEqualTo(Period.ofMonths(6));
        assertThat(version.purposes())
                .extracting(Purpose::id)
                .containsExactly("session", "analytics");
        assertThat(version.purposes().get(1).trackers())
                .containsExactly(
                        new Tracker(
                                "_ga_*",
                                "cookie",
                                "Example",
                                ".shop.example",
                                "P13M",
                                "prefix",
                                true),
                        new Tracker("t.js", "script", null, null, null, "exact", false));
        assertThat(version.purposes().get(1).hosts()).containsExactly("*.stats.example");
        assertThat(version.purposes())
                .extracting(Purpose::saleOrShare)
                .containsExactly(false, true);
    }

    @Test
    void olderArtefact_isReadAsFarAsItGoes() throws JsonException {
        String document =
                """
                {"lifetime":"P6M","purposes":[{"id":"session","required":true,"trackers":[]}],
                 "ruleset":"opt-in","texts":{"en":{}}}
                """;
        PolicyRow row = new PolicyRow(1, 1, Hash.of(), Hash.of(), 7, true, "first", NOON, NOON);
        PolicyVersion version = Artefact.read("k7Q2mZ0pRb", row, document.getBytes(UTF_8));

        assertThat(version.purposes())
                .containsExactly(
                        new Purpose("session", true, null, List.of(), List.of(), false, List.of()));
    }

    private static JsonObject artefact(String title) throws JsonException {
        String draft =
                """
                {"defaultLanguage":"en","privacyPolicyUrl":"https://shop.example/privacy",
                 "controller":{"name":"Shop","address":"1 Main Street","contact":"x@shop.example"},
                 "matomo":true,
                 "purposes":[{"id":"session","required":true,"dpv":"dpv:ServiceProvision"},
                  {"id":"analytics","signals":["analytics_storage"],"saleOrShare":true,
                   "hosts":["*.stats.example"],"trackers":[
                   {"name":"_ga_*","type":"cookie","match":"prefix","lifetime":"P13M","thirdParty":true,
                    "provider":"Example","domain":".shop.example"},
                   {"name":"t.js","type":"script"}]}],
                 "texts":{"en":{"title":"TITLE","changes":"We count visits now."}}}
                """
                        .replace("TITLE", title);
        PolicyDraft policy =
                PolicyDraftReader.read(
                        CanonicalJson.parseObject(draft.getBytes(UTF_8)), new ArrayList<>());
        return Artefact.compose(
                SITE,
                policy,
                new Artefact.Edition(3, 2, false, "because", Hash.of(), NOON, NOON, null),
                null);
    }
}
