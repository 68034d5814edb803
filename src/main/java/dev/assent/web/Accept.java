// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.util.Collection;

/** What a client would rather have (RFC 9110 §12.5.1). */
public final class Accept {
    private Accept() {}

    /**
     * Whether the sender is a person in a browser: HTML is wanted more than JSON. A tie, as with
     * curl’s “anything”, or no header at all is a program.
     */
    public static boolean prefersPage(HttpRequest<?> request) {
        Collection<MediaType> accepted = request.accept();
        return weight(accepted, MediaType.TEXT_HTML_TYPE)
                > weight(accepted, MediaType.APPLICATION_JSON_TYPE);
    }

    /**
     * Whether the sender is a program that wants JSON more than HTML; a tie, or no header at all,
     * is not.
     */
    public static boolean prefersData(HttpRequest<?> request) {
        Collection<MediaType> accepted = request.accept();
        return weight(accepted, MediaType.APPLICATION_JSON_TYPE)
                > weight(accepted, MediaType.TEXT_HTML_TYPE);
    }

    /** 0 to 1, by the most specific range that covers {@code type}; 0 if none does. */
    public static double weight(Collection<MediaType> accepted, MediaType type) {
        double weight = 0;
        int specific = 0;
        for (MediaType range : accepted) {
            int covers = covers(range, type);
            if (covers > specific) {
                specific = covers;
                weight = range.getQualityAsNumber().doubleValue();
            }
        }
        return weight;
    }

    private static int covers(MediaType range, MediaType type) {
        if (range.getName().equalsIgnoreCase(type.getName())) {
            return 3;
        }
        if (!range.getSubtype().equals("*")) {
            return 0;
        }
        return range.getType().equals("*") ? 1 : range.getType().equals(type.getType()) ? 2 : 0;
    }
}
