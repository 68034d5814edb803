// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The arithmetic of an append-only Merkle tree: hashes, proofs and tiles, as RFC 6962 §2 and RFC
 * 9162 §2.1 define them.
 *
 * <p>Pure: no clock, no network, no storage, nothing that changes. Imports the JDK alone, so that
 * an auditor can read and run this package by itself. Sizes and indexes are {@code long}, from 0 to
 * 2<sup>63</sup>−1; a negative one is refused at the door.
 *
 * <p>Begin with {@link dev.assent.merkle.Hash}.
 */
@NullMarked
package dev.assent.merkle;

import org.jspecify.annotations.NullMarked;
