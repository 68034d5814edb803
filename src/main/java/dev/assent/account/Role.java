// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.util.Locale;

/** What an operator may do in an organization; each may all that those below it may. */
public enum Role {
    /** Reads everything, changes nothing. */
    AUDITOR,
    /** Also makes sites and publishes policies. */
    EDITOR,
    /** Also decides who belongs to the organization, and makes its keys. */
    OWNER;

    /** The lower-case name, such as {@code owner}: in the database and in forms. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may what {@code least} may. */
    public boolean covers(Role least) {
        return compareTo(least) >= 0;
    }

    /**
     * The role that {@code word} names.
     *
     * @throws Refusal if none does
     */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new Refusal("role", "Choose owner, editor or auditor.");
    }
}
