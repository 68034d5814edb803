// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.List;

/**
 * Where the hashes of complete subtrees are kept: the service's tiles, or those that an auditor has
 * fetched.
 */
@FunctionalInterface
public interface HashReader {
    /**
     * The hashes of these nodes, in the same order. All are asked for at once, so that one query
     * can answer.
     *
     * @param nodes none of them reaches beyond the tree's size
     */
    List<Hash> read(List<Node> nodes);
}
