// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.console.FormFault;

/**
 * The page that asks for a link.
 *
 * @param byMail whether mail is configured; if not, it says who can make a link
 * @param email as typed before
 */
public record ResetLinkPage(boolean byMail, String email, FormFault fault) {}
