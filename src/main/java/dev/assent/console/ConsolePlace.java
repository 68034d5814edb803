// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pages at the top of the frame, in their order; one more is one line more. */
public enum ConsolePlace {
    /** Where one arrives. */
    SITES("Sites"),

    /** Which site's evidence is looked at. */
    AUDIT("Audit"),

    /** Who may come in. */
    MEMBERS("Members"),

    /** By what programs come in. */
    KEYS("Keys"),

    /** Who did what and when. */
    TRAIL("Trail"),

    /** What is stored and why. */
    STORAGE("Storage");

    private final String label;

    ConsolePlace(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Its address. */
    public String at() {
        return "/console/" + word();
    }

    /** Whether {@code here}, as templates say it, is this place: its name in lower case. */
    public boolean is(String here) {
        return word().equals(here);
    }

    /**
     * {@code aria-current} on the page {@code here}: {@code page} for this place itself, {@code
     * true} if that lies {@code within} it, as all pages {@code ofSite} lie within the sites; else
     * absent.
     */
    public @Nullable String current(String here, boolean ofSite, boolean within) {
        if (ofSite) {
            return this == SITES ? "true" : null;
        }
        return is(here) ? within ? "true" : "page" : null;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
