// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import java.util.Locale;

/** Why records are erased. */
enum ErasureReason {
    /** Their time is over: they expired, and the site's retention has passed since. */
    RETENTION,
    /** The visitor asked for it, or the operator for them. */
    REQUEST,
    /** As {@link #RETENTION}, on a site that has been removed. */
    SITE_REMOVED;

    /** As it stands in statements, SQL and metrics, such as {@code site-removed}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
