// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * How long records are kept, what was erased, and what Assent stores and why. May import what
 * {@code console} may; begin with {@code RetentionPages} and {@code StoragePages}.
 */
@NullMarked
package dev.assent.console.retention;

import org.jspecify.annotations.NullMarked;
