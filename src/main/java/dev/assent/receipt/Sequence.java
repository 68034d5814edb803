// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Step 9: the numbers of one site's records, each one more than the last, and their entries in the
 * same order. So an index that is only claimed, a tombstone's, lies between its neighbours'. Of a
 * sample: each number that it draws, ascending, under the checkpoint that it names.
 */
final class Sequence {
    private String site = "";
    private long first;
    private long last;
    private long lastIndex = -1;
    private @Nullable Sample sample;
    private @Nullable Iterator<Long> drawn;

    /** What follows is what {@code sample} draws, and nothing else. */
    void expect(Sample expected) {
        sample = expected;
        site = expected.site();
        drawn = expected.numbers().iterator();
    }

    boolean isDrawn() {
        return sample != null;
    }

    /**
     * Takes the next record or tombstone.
     *
     * @throws Refusal if it is of another site, or a number is missing, doubled or out of order;
     *     the sequence goes on from here
     */
    void take(String ofSite, long seq, long index) throws Refusal {
        require(seq > 0, "a record's number is from 1");
        if (sample != null && drawn != null) {
            take(sample, drawn, ofSite, seq, index);
            return;
        }
        if (first == 0) {
            site = ofSite;
            first = seq;
            last = seq - 1;
        }
        require(ofSite.equals(site), "a record of another site");
        require(seq > last, seq == last ? "record " + seq + " stands twice" : "out of order");
        long expected = last + 1;
        last = seq;
        long indexBefore = lastIndex;
        lastIndex = index;
        require(seq == expected, "missing: records " + expected + " to " + (seq - 1));
        require(index > indexBefore, "an entry before that of the record before");
    }

    private void take(Sample from, Iterator<Long> numbers, String ofSite, long seq, long index)
            throws Refusal {
        require(ofSite.equals(site), "a record of another site");
        require(numbers.hasNext(), "record " + seq + " is not in the sample");
        long expected = numbers.next();
        long indexBefore = lastIndex;
        lastIndex = index;
        require(seq == expected, "record " + seq + " instead of record " + expected);
        require(index > indexBefore, "an entry before that of the record before");
        require(index < from.size(), "an entry that is not under the sample's checkpoint");
    }

    /** Of a sample: the first number that was drawn and did not come. */
    Optional<Check> missing() {
        return drawn != null && drawn.hasNext()
                ? Optional.of(
                        new Check(
                                Step.SEQUENCE,
                                Check.Result.FAILED,
                                "missing: record " + drawn.next() + " and what was drawn after it"))
                : Optional.empty();
    }

    String summary() {
        if (sample != null) {
            return "site %s, %d of records %d to %d, drawn by the seed \"%s\""
                    .formatted(
                            site,
                            sample.numbers().size(),
                            sample.first(),
                            sample.last(),
                            sample.seed());
        }
        return "site "
                + site
                + (first == last ? ", record " + first : ", records " + first + " to " + last);
    }

    private static void require(boolean holds, String otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(Step.SEQUENCE, otherwise);
        }
    }
}
