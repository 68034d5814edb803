// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Invitation;
import dev.assent.account.Members;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import java.util.List;

/**
 * Who belongs to the organization and who is invited.
 *
 * @param made a link just made
 * @param typed into the form that invites
 */
public record MembersPage(
        List<Members.Member> members,
        List<Invitation> invitations,
        Handed made,
        Form typed,
        FormFault fault,
        Flash flash) {

    /** The roles to choose from, the least first. */
    public static final List<String> ROLES = List.of("auditor", "editor", "owner");
}
