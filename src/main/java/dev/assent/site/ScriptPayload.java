// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.time.Duration;
import java.time.Period;
import java.util.List;

/** What a script carries of a policy: the artefact without what only an auditor asks for. */
final class ScriptPayload {
    /** As they stand in the artefact, where they do. */
    private static final List<String> COPIED =
            List.of(
                    "site",
                    "version",
                    "asks",
                    "cookieDomain",
                    "privacyPolicyUrl",
                    "controller",
                    "reloadOnWithdrawal",
                    "googleConsentMode",
                    "ruleset",
                    "defaultLanguage",
                    "texts",
                    "appearance");

    private static final List<String> OF_A_PURPOSE =
            List.of("id", "required", "signals", "trackers");

    private ScriptPayload() {}

    /**
     * A JSON object, UTF-8, without {@code <}: no text in it can end a script element or begin a
     * comment wherever the script is put.
     *
     * @param sha256 of the artefact's canonical bytes
     */
    static byte[] of(JsonObject artefact, Hash sha256) {
        try {
            var payload =
                    JsonObject.builder()
                            .put("sha256", sha256.hex())
                            .put("maxAgeSeconds", maxAgeSeconds(artefact))
                            .put("purposes", purposes(artefact));
            copy(artefact, COPIED, payload);
            return bytes(payload.build());
        } catch (JsonException e) {
            throw new IllegalStateException("an artefact is damaged", e);
        }
    }

    /** A payload as it stands in a script. */
    static byte[] bytes(JsonObject payload) {
        return CanonicalJson.writeText(payload).replace("<", "\\u003c").getBytes(UTF_8);
    }

    /** The shortest that the lifetime can be, so that no cookie outlives its record. */
    private static long maxAgeSeconds(JsonObject artefact) throws JsonException {
        Period lifetime = Period.parse(artefact.text("lifetime"));
        return Duration.ofDays(Periods.shortestDays(lifetime)).toSeconds();
    }

    private static JsonValue purposes(JsonObject artefact) throws JsonException {
        return new JsonValue.Array(
                artefact.array("purposes").stream()
                        .map(purpose -> {
                            var copy = JsonObject.builder();
                            copy((JsonObject) purpose, OF_A_PURPOSE, copy);
                            return (JsonValue) copy.build();
                        })
                        .toList());
    }

    private static void copy(JsonObject from, List<String> keys, JsonObject.Builder to) {
        keys.forEach(key -> from.find(key).ifPresent(value -> to.put(key, value)));
    }
}
