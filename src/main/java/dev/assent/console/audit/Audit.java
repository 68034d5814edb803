// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.audit.AuditScope;
import dev.assent.audit.Guest;
import dev.assent.console.Moments;
import dev.assent.site.Site;
import org.jspecify.annotations.Nullable;

/**
 * Who audits what, and where the pages for it stand.
 *
 * @param me who is signed in; absent for a guest
 * @param guest who has come by a link; absent for an operator
 * @param scope all that may be seen
 * @param base path of the first page, without a slash at its end
 */
public record Audit(@Nullable SignedIn me, @Nullable Guest guest, AuditScope scope, String base) {

    static Audit of(SignedIn me, Site site) {
        String base = "/console/sites/" + site.siteKey() + "/audit";
        return new Audit(me, null, AuditScope.of(site), base);
    }

    static Audit of(Guest guest) {
        return new Audit(null, guest, guest.scope(), GuestPages.BASE);
    }

    public Site site() {
        return scope.site();
    }

    /** Whether links may be made and ended here. */
    public boolean mayShare() {
        return me != null && me.may(Role.OWNER);
    }

    /** The span of time in words; empty where there is none. */
    public String span() {
        return span(scope);
    }

    /** A span of time in words; empty where there is none. */
    public static String span(AuditScope scope) {
        String from = scope.from() == null ? "" : "from " + Moments.of(scope.from()).words();
        String to = scope.to() == null ? "" : "before " + Moments.of(scope.to()).words();
        return from + (from.isEmpty() || to.isEmpty() ? "" : ", ") + to;
    }
}
