// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.receipt.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything is missing between two records.
 *
 * @param first the smaller number
 * @param last the larger one, or the same
 * @param records how many of these numbers are records
 * @param erased how many are tombstones
 * @param faults what is wrong, at most {@value #MAX_FAULTS} of it
 * @param more whether there is more than is listed
 * @param verdict of all proofs between; absent where there are too many, or something is missing
 */
public record Stretch(
        long first,
        long last,
        long records,
        long erased,
        List<Fault> faults,
        boolean more,
        @Nullable Verdict verdict) {
    /** The most faults that are listed. */
    public static final int MAX_FAULTS = 100;

    public Stretch {
        faults = List.copyOf(faults);
    }

    /**
     * Something that should not be.
     *
     * @param first number of which it is true
     * @param last the last one
     */
    public record Fault(Kind kind, long first, long last) {}

    /** What can be wrong with numbers. */
    public enum Kind {
        /** Neither a record nor a tombstone. */
        MISSING,
        /** An entry that does not stand after that of the number before. */
        OUT_OF_ORDER,
        /** A tombstone that no statement in the log speaks of. */
        UNSTATED,
        /** An entry at another place in the log than the receipt says. */
        MOVED
    }

    public long length() {
        return last - first + 1;
    }

    /** Whether every number is there, in order, and everything that was looked at is proven. */
    public boolean isWhole() {
        return faults.isEmpty() && (verdict == null || verdict.ok());
    }

    /** Collects what a walk finds. Not for several threads. */
    static final class Builder {
        private final long first;
        private final long last;
        private final List<Fault> faults = new ArrayList<>();
        private long expected;
        private long before = -1;
        private long records;
        private long erased;
        private boolean more;

        Builder(long first, long last) {
            this.first = first;
            this.last = last;
            this.expected = first;
        }

        void take(long seq, long index, boolean isErased, boolean stated) {
            if (seq > expected) {
                add(Kind.MISSING, expected, seq - 1);
            }
            if (index <= before) {
                add(Kind.OUT_OF_ORDER, seq, seq);
            }
            if (!stated) {
                add(Kind.UNSTATED, seq, seq);
            }
            records += isErased ? 0 : 1;
            erased += isErased ? 1 : 0;
            before = index;
            expected = seq + 1;
        }

        void add(Kind kind, long from, long to) {
            if (faults.size() < MAX_FAULTS) {
                faults.add(new Fault(kind, from, to));
            } else {
                more = true;
            }
        }

        /** Ends the walk: what did not come by now is missing. */
        void end() {
            if (expected <= last) {
                add(Kind.MISSING, expected, last);
                expected = last + 1;
            }
        }

        boolean isSound() {
            return faults.isEmpty();
        }

        Stretch build(@Nullable Verdict verdict) {
            return new Stretch(first, last, records, erased, faults, more, verdict);
        }
    }
}
