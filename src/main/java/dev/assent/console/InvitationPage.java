// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Invitations;

/**
 * An invitation that its token has opened.
 *
 * @param name as typed before
 */
public record InvitationPage(
        String token, String name, Invitations.Opened invitation, FormFault fault) {}
