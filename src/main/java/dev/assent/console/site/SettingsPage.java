// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.console.Spans;
import dev.assent.site.Site;
import java.util.Objects;

/**
 * What can be changed of a site.
 *
 * @param site as it is stored
 * @param form as it was typed
 * @param seen what the form was decided upon
 * @param changed whether somebody else has changed the site meanwhile
 */
public record SettingsPage(
        Site site, SiteForm form, String seen, boolean changed, FormFault fault, Flash flash) {

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
