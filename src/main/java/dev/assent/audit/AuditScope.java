// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.site.Site;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be audited: a site's records, or those of a span of time.
 *
 * @param site also one that is removed
 * @param from recorded at or after it; absent: since ever
 * @param to recorded before it; absent: until now
 */
public record AuditScope(Site site, @Nullable Instant from, @Nullable Instant to) {
    public static AuditScope of(Site site) {
        return new AuditScope(site, null, null);
    }

    /** The same, or less of it: what lies within both spans. */
    public AuditScope within(@Nullable Instant notBefore, @Nullable Instant before) {
        return new AuditScope(site, later(from, notBefore), earlier(to, before));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
