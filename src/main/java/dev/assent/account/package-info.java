// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Organizations, the operators who sign in for them, and the keys by which their programs come in.
 *
 * <p>{@link dev.assent.account.SignIn} opens {@link dev.assent.account.Sessions}, whose operators
 * are {@link dev.assent.account.SignedIn} with a {@link dev.assent.account.Role}; what they do is
 * in the {@link dev.assent.account.Trail}. {@link dev.assent.account.Isolation} keeps organizations
 * apart in the database: repositories of their rows carry {@link dev.assent.web.Isolated}, and
 * whoever calls them outside of an operator's request says whose rows they want. Of passwords,
 * tokens, links and codes only hashes are stored; the secrets of second factors are sealed by a key
 * that is not in the database.
 *
 * <p>May import {@code receipt} for reading JSON strictly, {@code merkle} for hashing and {@code
 * web}. Begin with {@link dev.assent.account.SignIn}, or with {@link dev.assent.account.ApiKeys}
 * for programs.
 */
@NullMarked
package dev.assent.account;

import org.jspecify.annotations.NullMarked;
