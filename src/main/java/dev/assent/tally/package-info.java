// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What pages tell without any id, where a policy asks for it: how many banners were shown, and the
 * names of cookies and storage keys that no tracker declares. Both are gathered in memory and
 * written every half minute; what a node has not written when it dies is lost, and is no evidence.
 *
 * <p>May import {@code site}, {@code account}, {@code receipt}, {@code merkle} and {@code web}.
 * Begin with {@link dev.assent.tally.ShownCounts} and {@link dev.assent.tally.UndeclaredTrackers}.
 */
@NullMarked
package dev.assent.tally;

import org.jspecify.annotations.NullMarked;
