// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Spans;
import dev.assent.site.OperatedSites;
import dev.assent.site.Site;
import java.time.Instant;
import java.util.Objects;

/**
 * What can be changed of a site.
 *
 * @param site as it is stored
 * @param form as it was typed
 * @param seen what the form was decided upon
 * @param changed who has changed the site meanwhile, a sentence; empty if nobody has
 */
public record SettingsPage(
        Site site, SiteForm form, Seen seen, String changed, FormFault fault, Flash flash) {

    /**
     * What an operator saw who decided upon a change.
     *
     * @param state of the site
     * @param at when
     */
    public record Seen(String state, Instant at) {
        static Seen of(Site site, Instant now) {
            return new Seen(OperatedSites.state(site), now);
        }

        static Seen of(Form form) {
            String at = form.text("seenAt");
            return new Seen(
                    form.text("seen"),
                    at.matches("[0-9]{1,15}")
                            ? Instant.ofEpochMilli(Long.parseLong(at))
                            : Instant.EPOCH);
        }
    }

    public boolean mayChange(SignedIn me) {
        return me.may(Role.EDITOR);
    }

    public String cookieDomain() {
        return Objects.requireNonNullElse(site.cookieDomain(), "the visited host alone");
    }

    /** How long records are kept, in words. */
    public String retention() {
        return Spans.words(site.retention());
    }
}
