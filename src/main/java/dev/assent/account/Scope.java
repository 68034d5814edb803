// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key opens. In JSON, in the database and in {@code @Secured} its lower-case name. */
public enum Scope {
    /** Sites and their origins. */
    SITES,
    /** Drafts and published versions. */
    POLICIES,
    /** Consent records, one by one; also recording them from a server. */
    RECORDS,
    /** All records of a site at once. */
    EXPORT,
    /** The keys themselves. */
    ORGANIZATION;

    /** The lower-case name, such as {@code sites}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }
}
