// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a site asks: the editor with its preview, import, publishing, and the versions that were.
 *
 * <p>Imports the console’s frame and what {@code site} does. Begin with {@link
 * dev.assent.console.policy.PolicyPages}; {@link dev.assent.console.policy.DraftFields} says which
 * field of the form is which of the policy.
 */
@NullMarked
package dev.assent.console.policy;

import org.jspecify.annotations.NullMarked;
