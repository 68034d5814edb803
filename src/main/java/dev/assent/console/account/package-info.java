// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * How operators come in, and who may: set-up, sign-in, second factor, reset, members, invitations
 * and API keys.
 *
 * <p>Imports the console’s frame and what {@code account} does. Begin with {@link
 * dev.assent.console.account.SignInPages} and {@link dev.assent.console.account.MemberPages}.
 */
@NullMarked
package dev.assent.console.account;

import org.jspecify.annotations.NullMarked;
