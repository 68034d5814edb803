// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The transparency log: one sequence of entries without gaps, which nobody can rewrite.
 *
 * <p>It takes bytes and knows neither consent nor sites. May import {@code merkle}, {@code note}
 * and {@code web}. Begin with {@link dev.assent.log.TransparencyLog}.
 */
@NullMarked
package dev.assent.log;

import org.jspecify.annotations.NullMarked;
