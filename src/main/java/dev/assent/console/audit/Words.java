// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.consent.ExportRange;

/** What records say by a name, in words for people. */
public final class Words {
    private Words() {}

    /** Such as {@code the numbers 1 to 7}. */
    public static String numbers(ExportRange range) {
        return range.length() == 1
                ? "the number " + range.first()
                : "the numbers " + range.first() + " to " + range.last();
    }

    /** How many entries the newest checkpoint has. */
    public static String newest(long size) {
        return "The newest has " + size + (size == 1 ? " entry." : " entries.");
    }

    /** An action, a source, a layout, or the reason of an erasure. */
    public static String of(String name) {
        return switch (name) {
            case "accept_all" -> "Everything accepted";
            case "reject_all" -> "Everything refused";
            case "save" -> "A selection saved";
            case "withdraw" -> "Withdrawn";
            case "gpc" -> "Refused by the browser’s signal";
            case "retention" -> "Erased: its retention ended";
            case "request" -> "Erased at a request";
            case "site-removed" -> "Erased: the site was removed";
            case "banner" -> "On the banner";
            case "preferences" -> "In the preferences";
            case "api" -> "By a control of the site’s own";
            case "mobile" -> "Narrow screen";
            case "desktop" -> "Wide screen";
            case "none" -> "Nothing drawn";
            default -> name;
        };
    }
}
