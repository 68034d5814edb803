// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.util.Locale;

/**
 * What a page says of what was done just before. It comes in the address of the page that one is
 * led to, as a name from this list: no address can make the console say anything else.
 */
public enum Flash {
    NONE(""),
    SITE_MADE("The site is made. Put its tag on your pages, then publish a policy."),
    SITE_REMOVED("The site is removed. Its records stay until their retention ends."),
    SAVED("Saved."),
    KEY_REVOKED("The key is revoked. It opens nothing any more.");

    private final String words;

    Flash(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** {@code path} with this to be said there. */
    String at(String path) {
        return path + "?done=" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What {@code done} names; nothing for any other text. */
    static Flash of(String done) {
        for (Flash flash : values()) {
            if (flash.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(done)) {
                return flash;
            }
        }
        return NONE;
    }
}
