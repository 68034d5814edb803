// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

/**
 * The numbers of a site that an export brings, every one of them.
 *
 * @param first from 1
 * @param last the same or more, or less where there is nothing to export
 */
public record ExportRange(long first, long last) {
    static final ExportRange EMPTY = new ExportRange(1, 0);

    public boolean isEmpty() {
        return last < first;
    }

    /** How many numbers these are. */
    public long length() {
        return isEmpty() ? 0 : last - first + 1;
    }
}
