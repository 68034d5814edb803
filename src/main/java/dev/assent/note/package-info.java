// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Signed text: C2SP notes, and what a transparency log writes as such, checkpoints and proofs.
 *
 * <p>Pure: no network, no storage, and the time only where a witness states it. Imports the JDK and
 * {@code merkle}, nothing else. Reading is strict: what one of these types has read, it writes back
 * byte for byte.
 *
 * <p>Begin with {@link dev.assent.note.Note}.
 */
@NullMarked
package dev.assent.note;

import org.jspecify.annotations.NullMarked;
