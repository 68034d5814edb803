// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The second half of {@code fsck}: each entry of the log compared with the record, tombstone,
 * artefact or statement that it stands for, straight from the tables, by none of the code that
 * wrote them.
 *
 * <p>May import {@code log}, {@code receipt}, {@code merkle} and {@code web}. Begin with {@link
 * dev.assent.evidence.EvidenceCheck}.
 */
@NullMarked
package dev.assent.evidence;

import org.jspecify.annotations.NullMarked;
