// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.site.Declaration.Declared;
import dev.assent.site.Declaration.Row;
import org.jspecify.annotations.Nullable;

/** A {@link Declaration} as JSON; what is not said is left out. */
final class DeclarationJson {
    private DeclarationJson() {}

    static JsonObject of(PolicyVersion policy, Declaration declaration) {
        return JsonObject.builder()
                .put("site", policy.siteKey())
                .put("version", policy.version())
                .put("sha256", policy.sha256().hex())
                .put("language", declaration.language())
                .put(
                        "purposes",
                        new JsonValue.Array(
                                declaration.purposes().stream()
                                        .map(DeclarationJson::purpose)
                                        .toList()))
                .build();
    }

    private static JsonValue purpose(Declared purpose) {
        return JsonObject.builder()
                .put("id", purpose.id())
                .put("name", purpose.name())
                .put("description", purpose.description())
                .put("required", purpose.required())
                .put(
                        "trackers",
                        new JsonValue.Array(
                                purpose.trackers().stream().map(DeclarationJson::row).toList()))
                .build();
    }

    private static JsonValue row(Row row) {
        Tracker tracker = row.tracker();
        var json =
                JsonObject.builder()
                        .put("name", tracker.name())
                        .put("match", tracker.match())
                        .put("type", tracker.type())
                        .put("kind", row.kind())
                        .put("thirdParty", tracker.thirdParty());
        put(json, "provider", row.provider());
        put(json, "domain", tracker.domain());
        put(json, "lifetime", tracker.lifetime());
        put(json, "keptFor", row.lifetime());
        return json.build();
    }

    private static void put(JsonObject.Builder json, String key, @Nullable String text) {
        if (text != null) {
            json.put(key, text);
        }
    }
}
