// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.site.PolicyTexts;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people call the fields of the policy editor, as {@link DraftFields} names them. */
final class FieldWords {
    private static final Pattern OF_A_PURPOSE =
            Pattern.compile("/purposes/(\\d{1,3})(?:/trackers/(\\d{1,3}))?(?:/([^/]+).*)?");
    private static final Pattern OF_A_TEXT =
            Pattern.compile("/texts/([^/]+)(?:/(?:purposes/@(\\d{1,3})/)?(.+))?");
    private static final Map<String, String> PLAIN =
            Map.ofEntries(
                    Map.entry("", "The draft"),
                    Map.entry("/controller/name", "Who asks: name"),
                    Map.entry("/controller/address", "Who asks: address"),
                    Map.entry("/controller/contact", "Who asks: contact"),
                    Map.entry("/privacyPolicyUrl", "Link to the privacy policy"),
                    Map.entry("/defaultLanguage", "Default language"),
                    Map.entry("/uses", "What your site uses"),
                    Map.entry("/lifetime", "How long a choice holds"),
                    Map.entry("/purposes", "Purposes"),
                    Map.entry("/appearance/position", "Position"),
                    Map.entry("/appearance/accent", "Colour of the buttons"),
                    Map.entry("/appearance/radius", "Roundness"),
                    Map.entry("/appearance/reopen", "Opened again by"));
    private static final Map<String, String> OF_PARTS =
            Map.ofEntries(
                    Map.entry("dpv", "what it is for"),
                    Map.entry("type", "kind"),
                    Map.entry("lifetime", "kept for"),
                    Map.entry("match", "how the name is meant"),
                    Map.entry("thirdParty", "read by others"),
                    Map.entry("saleOrShare", "sale of data"),
                    Map.entry("required", "always on"));

    private FieldWords() {}

    /** The field that holds what a JSON pointer leads to; {@code ids} are those of the purposes. */
    static String field(String pointer, List<String> ids) {
        String[] parts = pointer.split("/", 6);
        if (parts.length > 4 && parts[1].equals("texts") && parts[3].equals("purposes")) {
            int place = ids.indexOf(parts[4]);
            parts[4] = place < 0 ? parts[4] : "@" + place;
            return String.join("/", parts);
        }
        return pointer;
    }

    /** Where that is, such as {@code Purpose 2, tracker 1: kept for}. */
    static String place(String field) {
        Matcher purpose = OF_A_PURPOSE.matcher(field);
        if (purpose.matches()) {
            String tracker = purpose.group(2) == null ? "" : ", tracker " + after(purpose.group(2));
            return "Purpose " + after(purpose.group(1)) + tracker + part(purpose.group(3));
        }
        Matcher text = OF_A_TEXT.matcher(field);
        if (text.matches()) {
            String of = text.group(2) == null ? "" : ", purpose " + after(text.group(2));
            String key = text.group(3) == null ? "" : ": " + PolicyTexts.label(text.group(3));
            return PolicyTexts.languageName(text.group(1)) + of + key;
        }
        return PLAIN.getOrDefault(field, field.replaceFirst("^/", ""));
    }

    private static String part(@Nullable String name) {
        return name == null ? "" : ": " + OF_PARTS.getOrDefault(name, name);
    }

    /** People count from one. */
    private static int after(String place) {
        return Integer.parseInt(place) + 1;
    }
}
