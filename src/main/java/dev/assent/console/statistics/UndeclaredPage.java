// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.site.OperatedCounting;
import dev.assent.site.Site;
import dev.assent.tally.Undeclared;
import java.util.List;

/**
 * What visitors' browsers held that no policy declares.
 *
 * @param open to be judged, the most frequent first
 * @param ignored set aside
 * @param declared now, by the live version or the draft
 * @param oneIn as it was typed
 */
public record UndeclaredPage(
        Site site,
        List<Undeclared> open,
        List<Undeclared> ignored,
        List<Undeclared> declared,
        OperatedCounting.State counting,
        String oneIn,
        FormFault fault,
        Flash flash) {

    public UndeclaredPage {
        open = List.copyOf(open);
        ignored = List.copyOf(ignored);
        declared = List.copyOf(declared);
    }

    public String here() {
        return "/console/sites/" + site.siteKey() + "/undeclared";
    }

    public boolean isEmpty() {
        return open.isEmpty() && ignored.isEmpty() && declared.isEmpty();
    }

    /** Whether a name could be declared at all. */
    public boolean mayDeclare() {
        return !counting.draftPurposes().isEmpty();
    }

    /**
     * A name to declare it by: a prefix where something was hidden; empty where nothing is left.
     */
    public static String proposal(Undeclared found) {
        String known = found.name().replaceFirst("[#*].*$", "");
        if (known.equals(found.name())) {
            return known;
        }
        return known.isEmpty() ? "" : known + "*";
    }

    /** Where it lies, in words. */
    public static String place(Undeclared found) {
        return switch (found.type()) {
            case "cookie" -> "Cookie";
            case "localStorage" -> "Local storage";
            default -> "Session storage";
        };
    }
}
