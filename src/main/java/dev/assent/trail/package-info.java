// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The operators' trail in the transparency log, and to be read: each event of {@link
 * dev.assent.account.Trail} gets an entry that commits to it, and an auditor a proof that it is the
 * one that was logged then.
 *
 * <p>May import {@code account}, {@code log}, {@code receipt}, {@code note}, {@code merkle} and
 * {@code web}. Begin with {@link dev.assent.trail.TrailLog}, which appends, and {@link
 * dev.assent.trail.LoggedTrail}, which reads.
 */
@NullMarked
package dev.assent.trail;

import org.jspecify.annotations.NullMarked;
