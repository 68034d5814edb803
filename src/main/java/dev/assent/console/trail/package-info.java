// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What operators did, with the proof of each entry to take home.
 *
 * <p>Imports the console’s frame and what {@code trail} does. Begin with {@link
 * dev.assent.console.trail.TrailPages}.
 */
@NullMarked
package dev.assent.console.trail;

import org.jspecify.annotations.NullMarked;
