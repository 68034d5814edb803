// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What proves one consent record to a stranger: canonical JSON, log entries, receipts, and the
 * verifier that checks them offline.
 *
 * <p>Pure: no clock, no network, no storage. May import the JDK, {@code merkle}, {@code note} and
 * one JSON library, Jackson's streaming core, which {@link dev.assent.receipt.CanonicalJson} alone
 * uses.
 *
 * <p>Begin with {@link dev.assent.receipt.LeafEncoding}, which says what of a record enters the
 * log.
 */
@NullMarked
package dev.assent.receipt;

import org.jspecify.annotations.NullMarked;
