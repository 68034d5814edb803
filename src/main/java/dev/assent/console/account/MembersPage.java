// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Invitation;
import dev.assent.account.Members;
import dev.assent.console.FormFault;
import java.util.List;

/**
 * Who belongs to the organization and who is invited.
 *
 * @param link just made, shown this once
 */
public record MembersPage(
        List<Members.Member> members, List<Invitation> invitations, Link link, FormFault fault) {
    static final Link NO_LINK = new Link("", "");

    /** The roles to choose from, the least first. */
    public static final List<String> ROLES = List.of("auditor", "editor", "owner");

    /**
     * A link that works once.
     *
     * @param words what to do with it
     * @param url empty if there is none
     */
    public record Link(String words, String url) {
        @Override
        public String toString() {
            return "a link";
        }
    }
}
