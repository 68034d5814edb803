// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Organizations and the keys by which their programs come in.
 *
 * <p>May import {@code receipt} for reading JSON strictly, {@code merkle} for hashing and {@code
 * web}. Begin with {@link dev.assent.account.ApiKeys}.
 */
@NullMarked
package dev.assent.account;

import org.jspecify.annotations.NullMarked;
