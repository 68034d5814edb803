// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A program that many sites use, and the trackers that its maker documents for it, as settings
 * leave them that nobody has changed. {@code tools.json} lists those that are known.
 *
 * @param purpose id of the purpose that it serves
 * @param tells the draft's field that has the widget tell it of each choice; empty: none
 * @param signals consent types that the purpose then grants
 * @param hosts that its scripts come from
 * @param trackers members and values of each, as a draft has them
 */
public record Tool(
        String id,
        String name,
        String purpose,
        String tells,
        List<String> signals,
        List<String> hosts,
        List<Map<String, String>> trackers) {

    /** All that are known, in the order in which they are offered. */
    public static final List<Tool> ALL = read("/dev/assent/console/policy/tools.json");

    /** Those that serve a purpose. */
    public static List<Tool> of(String purpose) {
        return ALL.stream().filter(tool -> tool.purpose().equals(purpose)).toList();
    }

    /** Its trackers by name, such as {@code _ga, _ga_…}. */
    public String names() {
        return trackers.stream()
                .map(tracker -> tracker.get("name") + (tracker.containsKey("match") ? "…" : ""))
                .collect(Collectors.joining(", "));
    }

    private static List<Tool> read(String file) {
        try (InputStream in = Tool.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + file);
            }
            return CanonicalJson.parseObject(in.readAllBytes()).array("tools").stream()
                    .map(tool -> read((JsonObject) tool))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JsonException e) {
            throw new IllegalStateException(file + " is damaged", e);
        }
    }

    private static Tool read(JsonObject tool) {
        List<Map<String, String>> trackers =
                values(tool, "trackers").stream()
                        .map(tracker -> members((JsonObject) tracker))
                        .toList();
        return new Tool(
                text(tool, "id"),
                text(tool, "name"),
                text(tool, "purpose"),
                text(tool, "tells"),
                values(tool, "signals").stream().map(Tool::text).toList(),
                values(tool, "hosts").stream().map(Tool::text).toList(),
                trackers);
    }

    private static List<JsonValue> values(JsonObject tool, String key) {
        return tool.find(key).map(list -> ((JsonValue.Array) list).values()).orElse(List.of());
    }

    private static Map<String, String> members(JsonObject tracker) {
        return tracker.members().entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, member -> text(member.getValue())));
    }

    private static String text(JsonObject tool, String key) {
        return tool.find(key).map(Tool::text).orElse("");
    }

    private static String text(JsonValue value) {
        return value instanceof JsonValue.Text text ? text.value() : "yes";
    }
}
