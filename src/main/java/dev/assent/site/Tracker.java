// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import org.jspecify.annotations.Nullable;

/**
 * A cookie, storage key, script or pixel declared under a purpose.
 *
 * @param name cookie name, storage key or address; with {@code match} {@code prefix} the beginning
 *     of one
 * @param type {@code cookie}, {@code localStorage}, {@code sessionStorage}, {@code indexedDB},
 *     {@code script} or {@code pixel}
 * @param provider who sets or reads it; absent: the site itself
 * @param domain cookie domain, where it is neither the visited host nor a parent of it
 * @param lifetime ISO 8601 duration or {@code session}; absent: not said
 * @param match {@code exact} or {@code prefix}
 * @param thirdParty whether others than the site can read it
 */
public record Tracker(
        String name,
        String type,
        @Nullable String provider,
        @Nullable String domain,
        @Nullable String lifetime,
        String match,
        boolean thirdParty) {
    /** The lifetime of what is gone when the browser is closed. */
    static final String SESSION = "session";
}
