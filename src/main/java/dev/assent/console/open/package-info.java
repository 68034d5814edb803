// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What anybody may read without signing in and without a record: the demonstration, the guide to
 * the interface and the verifier.
 *
 * <p>Imports the console’s frame. Begin with {@link dev.assent.console.open.DocsPages}.
 */
@NullMarked
package dev.assent.console.open;

import org.jspecify.annotations.NullMarked;
