// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.console.FormFault;

/**
 * The page that sets a new password.
 *
 * @param token of the link
 */
public record ResetPage(String token, FormFault fault) {}
