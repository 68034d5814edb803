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
    void payload_isTheArtefactWithoutWhatOnlyAuditorsAskFor() throws JsonException {
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
                        "googleConsentMode",
                        "ruleset",
                        "purposes",
                        "defaultLanguage",
                        "texts",
                        "appearance");
        assertThat(payload.text("sha256")).isEqualTo(sha256.hex());
        assertThat(payload.integer("maxAgeSeconds")).isEqualTo(181L * 24 * 60 * 60);
        assertThat(payload.integer("asks")).isEqualTo(2);
        assertThat(CanonicalJson.writeText(payload.array("purposes").get(0)))
                .isEqualTo("{\"id\":\"session\",\"required\":true,\"trackers\":[]}");
    }

    @Test
    void markup_cannotEndAScript() throws JsonException {
        String evil = "</script><!--<script>alert('\\u2028')";
        JsonObject artefact = artefact(evil);
        byte[] payload = ScriptPayload.of(artefact, Hash.of());

        assertThat(new String(payload, UTF_8)).doesNotContain("<");
        assertThat(CanonicalJson.parseObject(payload).object("texts"))
                .isEqualTo(artefact.object("texts"));
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
                        new Tracker("_ga_*", "cookie", null, null, "P13M", "prefix", true));
    }

    private static JsonObject artefact(String title) throws JsonException {
        String draft =
                """
                {"defaultLanguage":"en","privacyPolicyUrl":"https://shop.example/privacy",
                 "controller":{"name":"Shop"},
                 "purposes":[{"id":"session","required":true,"dpv":"dpv:ServiceProvision"},
                  {"id":"analytics","signals":["analytics_storage"],"trackers":[
                   {"name":"_ga_*","type":"cookie","match":"prefix","lifetime":"P13M","thirdParty":true}]}],
                 "texts":{"en":{"title":"TITLE"}}}
                """
                        .replace("TITLE", title);
        PolicyDraft policy =
                PolicyDraftReader.read(
                        CanonicalJson.parseObject(draft.getBytes(UTF_8)), new ArrayList<>());
        return Artefact.compose(
                SITE,
                policy,
                new Artefact.Edition(3, 2, false, "because", Hash.of(), NOON, NOON, null));
    }
}
