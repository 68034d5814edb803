// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scripts that a page names, as far as that can be told without running it: those that
 * other scripts put there are not seen.
 */
final class ScriptTags {
    private static final Pattern COMMENT = Pattern.compile("<!--.*?(-->|\\z)", Pattern.DOTALL);
    private static final Pattern START =
            Pattern.compile("<script(?=[\\s/>])", Pattern.CASE_INSENSITIVE);
    private static final Pattern END = Pattern.compile("</script", Pattern.CASE_INSENSITIVE);
    private static final int MAX_ATTRIBUTES = 8 * 1024;
    private static final Pattern SOURCE = attribute("src");
    private static final Pattern TYPE = attribute("type");

    private ScriptTags() {}

    /**
     * A script of a page.
     *
     * @param source as it stands there, relative to the page
     * @param runs whether browsers run it as it stands; not if its type says that it is held back
     */
    record Tag(String source, boolean runs) {}

    /**
     * The scripts that {@code html} names, in order; those in comments and in scripts left out.
     * Reads it once from front to back, whatever stands in it.
     */
    static List<Tag> in(String html) {
        String text = COMMENT.matcher(html).replaceAll(" ");
        List<Tag> tags = new ArrayList<>();
        Matcher start = START.matcher(text);
        Matcher end = END.matcher(text);
        boolean more = start.find();
        while (more) {
            int close = close(text, start.end());
            if (close < 0) {
                break;
            }
            int last = Math.min(close, start.end() + MAX_ATTRIBUTES);
            Tag tag = tag(" " + text.substring(start.end(), last));
            if (tag != null) {
                tags.add(tag);
            }
            more = end.find(close) && start.find(end.end());
        }
        return tags;
    }

    /** Where the tag ends whose attributes begin at {@code from}; -1 if it does not. */
    private static int close(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && c == '>') {
                return i;
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        return -1;
    }

    private static @Nullable Tag tag(String attributes) {
        String source = value(SOURCE, attributes);
        if (source == null) {
            return null;
        }
        String type = Objects.requireNonNullElse(value(TYPE, attributes), "");
        boolean runs =
                type.isBlank()
                        || type.matches(
                                "(?i)\\s*(text/javascript|application/javascript|module)\\s*");
        return new Tag(source.strip().replace("&amp;", "&"), runs);
    }

    private static @Nullable String value(Pattern attribute, String attributes) {
        Matcher found = attribute.matcher(attributes);
        if (!found.find()) {
            return null;
        }
        return Stream.of("double", "single", "bare")
                .map(found::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static Pattern attribute(String name) {
        return Pattern.compile(
                "[\\s\"'/]"
                        + name
                        + "\\s*=\\s*(?:\"(?<double>[^\"]*)\"|'(?<single>[^']*)'|(?<bare>[^\\s\"'>]+))",
                Pattern.CASE_INSENSITIVE);
    }
}
