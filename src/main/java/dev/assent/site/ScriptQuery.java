// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import org.jspecify.annotations.Nullable;

/** What the query of a script's URL asks for: a language, or nothing. */
final class ScriptQuery {
    private static final String LANGUAGE = "language=";

    private ScriptQuery() {}

    /**
     * The first {@code language} in a query, as it stands: a tag has no character that would have
     * to be encoded, so what is encoded is no tag.
     *
     * @param query without its question mark; absent where there is none
     */
    static @Nullable String language(@Nullable String query) {
        int at = 0;
        while (query != null && at >= 0 && at < query.length()) {
            if (query.startsWith(LANGUAGE, at)) {
                return first(query, at + LANGUAGE.length());
            }
            int next = query.indexOf('&', at);
            at = next < 0 ? next : next + 1;
        }
        return null;
    }

    /** What stands from {@code start} up to the next {@code &}. */
    private static String first(String query, int start) {
        int end = query.indexOf('&', start);
        return end < 0 ? query.substring(start) : query.substring(start, end);
    }
}
