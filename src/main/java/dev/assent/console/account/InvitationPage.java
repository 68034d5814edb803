// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Invitations;
import dev.assent.console.FormFault;

/**
 * An invitation that its token has opened.
 *
 * @param name as typed before
 */
public record InvitationPage(
        String token, String name, Invitations.Opened invitation, FormFault fault) {}
