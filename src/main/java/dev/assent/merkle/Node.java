// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

/**
 * A complete subtree: the one over the 2<sup>level</sup> leaves that begin with number {@code index
 * · 2}<sup>{@code level}</sup>. Level 0 are the leaves themselves.
 *
 * <p>Once all its leaves are there its hash never changes, whatever the tree grows to.
 *
 * @param level 0 to 62
 * @param index from 0, counted within the level
 */
public record Node(int level, long index) {
    public Node {
        if (level < 0 || level > 62 || index < 0 || index > Long.MAX_VALUE >> level) {
            throw new IllegalArgumentException("no node " + index + " at level " + level);
        }
    }
}
