// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Choices of visitors and the records that keep them.
 *
 * <p>May import {@code site}, {@code account}, {@code log}, {@code receipt}, {@code note}, {@code
 * merkle} and {@code web}. Begin with {@link dev.assent.consent.Recorder}.
 */
@NullMarked
package dev.assent.consent;

import org.jspecify.annotations.NullMarked;
