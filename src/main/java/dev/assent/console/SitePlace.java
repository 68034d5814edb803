// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.site.Site;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A site's pages, in the order in which the frame leads to them; one more is one line more. */
public enum SitePlace {
    /** Where it stands, and its tag. */
    OVERVIEW("Overview", ""),

    /** The draft of what visitors are told and asked, and publishing it. */
    POLICY("Policy", "/policy"),

    /** What has been published; what visitors answered cannot be read without it. */
    VERSIONS("Versions", "/versions") {
        @Override
        boolean outlivesSite() {
            return true;
        }
    },

    /** What visitors answered; evidence, so it outlives the site. */
    RECORDS("Records", "/records") {
        @Override
        boolean outlivesSite() {
            return true;
        }
    },

    /** How they answered, in counts; they stay with the records. */
    STATISTICS("Statistics", "/statistics") {
        @Override
        boolean outlivesSite() {
            return true;
        }
    },

    /** What their browsers held that no policy declares. */
    UNDECLARED("Undeclared", "/undeclared"),

    /** Its evidence as an auditor looks at it; outlives the site too. */
    EVIDENCE("Audit", "/audit") {
        @Override
        boolean outlivesSite() {
            return true;
        }
    },

    /** How long records are kept, and what was erased. */
    RETENTION("Retention", "/retention") {
        @Override
        boolean outlivesSite() {
            return true;
        }
    },

    /** Which systems are told what happens. */
    WEBHOOKS("Webhooks", "/webhooks") {
        @Override
        boolean outlivesSite() {
            return true;
        }
    },

    /** Its name, origins, retention, and its removal. */
    SETTINGS("Settings", "/settings");

    private final String label;
    private final String path;

    SitePlace(String label, String path) {
        this.label = label;
        this.path = path;
    }

    /** The places that {@code site} has: a removed one keeps its evidence alone. */
    public static List<SitePlace> of(Site site) {
        return Arrays.stream(values())
                .filter(place -> !site.isRemoved() || place.outlivesSite())
                .toList();
    }

    public String label() {
        return label;
    }

    /** Its address for {@code site}. */
    public String at(Site site) {
        return "/console/sites/" + site.siteKey() + path;
    }

    /** Whether {@code here}, as templates say it, is this place: its name in lower case. */
    public boolean is(String here) {
        return name().toLowerCase(Locale.ROOT).equals(here);
    }

    /**
     * {@code aria-current} on the page {@code here}: {@code page} for this place itself, {@code
     * true} if that lies {@code within} it, else absent.
     */
    public @Nullable String current(String here, boolean within) {
        return is(here) ? within ? "true" : "page" : null;
    }

    /** The label of {@code here}; empty if it is no place in the frame. */
    public static String label(String here) {
        return Arrays.stream(values())
                .filter(place -> place.is(here))
                .map(SitePlace::label)
                .findFirst()
                .orElse("");
    }

    boolean outlivesSite() {
        return false;
    }
}
