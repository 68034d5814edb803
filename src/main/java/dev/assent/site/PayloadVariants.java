// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Payloads made from a version's payload: with fewer languages, or with a notice. */
final class PayloadVariants {
    /** The name of the payload that carries every language. */
    static final String ALL = "";

    private static final String TEXTS = "texts";
    private static final String DEFAULT_LANGUAGE = "defaultLanguage";
    private static final int MAX_BYTES = 4 << 20;

    private PayloadVariants() {}

    /**
     * Notice of a version that takes effect later.
     *
     * @param sha256 of its artefact
     * @param at when it takes effect
     * @param days before {@code at} from which visitors are told, 1 to 90
     */
    record Notice(int version, Hash sha256, Instant at, int days) {

        /** As the widget reads it: times in Unix seconds. */
        JsonObject json() {
            return JsonObject.builder()
                    .put("version", version)
                    .put("sha256", sha256.hex())
                    .put("from", at.minus(Duration.ofDays(days)).getEpochSecond())
                    .put("at", at.getEpochSecond())
                    .build();
        }
    }

    /**
     * The payload itself as {@link #ALL} and, where it carries more than one language, one for
     * each, with that as the default.
     */
    static SortedMap<String, byte[]> byLanguage(byte[] payload) {
        SortedMap<String, byte[]> variants = new TreeMap<>();
        variants.put(ALL, payload);
        JsonObject all = parse(payload);
        Set<String> languages = languages(all);
        if (languages.size() > 1) {
            languages.forEach(
                    language -> variants.put(language, ScriptPayload.bytes(only(all, language))));
        }
        return variants;
    }

    /** The language for those who want none of the payload's. */
    static String defaultLanguage(byte[] payload) {
        try {
            return parse(payload).text(DEFAULT_LANGUAGE);
        } catch (JsonException e) {
            throw damaged(e);
        }
    }

    static byte[] with(Notice notice, byte[] payload) {
        var copy = without(parse(payload), Set.of());
        return ScriptPayload.bytes(copy.put("notice", notice.json()).build());
    }

    private static JsonObject only(JsonObject all, String language) {
        var texts =
                JsonObject.builder().put(language, all.find(TEXTS, language).orElseThrow()).build();
        return without(all, Set.of(TEXTS, DEFAULT_LANGUAGE))
                .put(TEXTS, texts)
                .put(DEFAULT_LANGUAGE, language)
                .build();
    }

    private static Set<String> languages(JsonObject payload) {
        try {
            return payload.object(TEXTS).keys();
        } catch (JsonException e) {
            throw damaged(e);
        }
    }

    private static JsonObject.Builder without(JsonObject object, Set<String> keys) {
        var copy = JsonObject.builder();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!keys.contains(member.getKey())) {
                copy.put(member.getKey(), member.getValue());
            }
        }
        return copy;
    }

    private static JsonObject parse(byte[] payload) {
        try {
            return CanonicalJson.parseObject(payload, MAX_BYTES);
        } catch (JsonException e) {
            throw damaged(e);
        }
    }

    private static IllegalStateException damaged(JsonException cause) {
        return new IllegalStateException("a script's payload is damaged", cause);
    }
}
