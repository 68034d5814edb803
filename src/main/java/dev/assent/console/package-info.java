// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Everything that is HTML: one class of pages for each noun, one view record for each page.
 *
 * <p>May import everything; nothing imports it. Begin with the classes that end in {@code Pages}.
 */
@NullMarked
package dev.assent.console;

import org.jspecify.annotations.NullMarked;
