// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The transparency log: one sequence of entries without gaps, which nobody can rewrite, and whose
 * size and root are signed every second.
 *
 * <p>It takes bytes and knows neither consent nor sites. May import {@code receipt} (canonical JSON
 * of its own events), {@code note}, {@code merkle} and {@code web}. Begin with {@link
 * dev.assent.log.TransparencyLog}, which takes entries, and {@link
 * dev.assent.log.CheckpointPublisher}, which signs them; {@link dev.assent.log.LogProofs} proves,
 * and {@link dev.assent.log.LogSnapshots} much at a time.
 */
@NullMarked
package dev.assent.log;

import org.jspecify.annotations.NullMarked;
