// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The sites of an organization: the list, a new one, its first steps, how to embed it, its
 * settings.
 *
 * <p>Imports the console’s frame and what {@code site} does. Begin with {@link
 * dev.assent.console.site.SitePages}.
 */
@NullMarked
package dev.assent.console.site;

import org.jspecify.annotations.NullMarked;
