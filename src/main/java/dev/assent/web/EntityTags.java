// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import org.jspecify.annotations.Nullable;

/** Tells whether a client holds a representation already (RFC 9110 §13.1.2). */
public final class EntityTags {
    private EntityTags() {}

    /**
     * Whether {@code ifNoneMatch} names {@code etag}, by weak comparison, or is {@code *}: then the
     * answer is 304.
     *
     * @param ifNoneMatch the header's value, a list; absent names nothing. Where it is malformed
     *     what stands before the fault counts
     * @param etag a strong tag with its quotation marks, such as {@code "abc"}
     */
    public static boolean match(@Nullable CharSequence ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        String list = ifNoneMatch.toString();
        if (list.equals(etag) || list.strip().equals("*")) {
            return true;
        }
        int at = 0;
        while (at < list.length()) {
            char c = list.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            int open = list.startsWith("W/", at) ? at + 2 : at;
            if (open >= list.length() || list.charAt(open) != '"') {
                return false;
            }
            int close = list.indexOf('"', open + 1);
            if (close < 0) {
                return false;
            }
            if (close + 1 - open == etag.length() && list.startsWith(etag, open)) {
                return true;
            }
            at = close + 1;
        }
        return false;
    }
}
