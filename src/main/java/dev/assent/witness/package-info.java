// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A witness of transparency logs, C2SP tlog-witness 1.0.0: it cosigns a log's checkpoint only if
 * that continues the one it cosigned before, so that nobody can be shown another log.
 *
 * <p>A program of its own, {@code ./assent witness}: no framework and no database, so that an
 * auditor can read it whole. Its state is a folder. Imports the JDK, {@code merkle} and {@code
 * note}, nothing else.
 *
 * <p>Begin with {@link dev.assent.witness.WitnessedLog}, where a checkpoint is cosigned or refused.
 */
@NullMarked
package dev.assent.witness;

import org.jspecify.annotations.NullMarked;
