// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

/**
 * Step 9: the numbers of one site's records, each one more than the last, and their entries in the
 * same order. So an index that is only claimed, a tombstone's, lies between its neighbours'.
 */
final class Sequence {
    private String site = "";
    private long first;
    private long last;
    private long lastIndex = -1;

    /**
     * Takes the next record or tombstone.
     *
     * @throws Refusal if it is of another site, or a number is missing, doubled or out of order;
     *     the sequence goes on from here
     */
    void take(String ofSite, long seq, long index) throws Refusal {
        require(seq > 0, "a record's number is from 1");
        if (first == 0) {
            site = ofSite;
            first = seq;
            last = seq - 1;
        }
        require(ofSite.equals(site), "a record of another site");
        require(seq > last, seq == last ? "record " + seq + " stands twice" : "out of order");
        long expected = last + 1;
        long indexBefore = lastIndex;
        last = seq;
        lastIndex = index;
        require(seq == expected, "missing: records " + expected + " to " + (seq - 1));
        require(index > indexBefore, "an entry before that of the record before");
    }

    String summary() {
        return "site " + site + ", records " + first + " to " + last;
    }

    private static void require(boolean holds, String otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(Step.SEQUENCE, otherwise);
        }
    }
}
