// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Sites, the policies they publish and the script that carries both to the visitor.
 *
 * <p>May import {@code account}, {@code log}, {@code receipt}, {@code merkle} and {@code web}.
 * Begin with {@link dev.assent.site.PolicyService}.
 */
@NullMarked
package dev.assent.site;

import org.jspecify.annotations.NullMarked;
