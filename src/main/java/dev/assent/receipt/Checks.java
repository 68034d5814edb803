// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.receipt.Check.Result;
import java.util.ArrayList;
import java.util.List;

/** What came of the steps so far, and how many witnesses vouch for all of it. */
final class Checks {
    private final List<Check> all = new ArrayList<>();
    private int cosigned = Integer.MAX_VALUE;

    void pass(Step step, String detail) {
        all.add(new Check(step, Result.PASSED, detail));
    }

    void below(Step step, String detail) {
        all.add(new Check(step, Result.BELOW, detail));
    }

    void skip(Step step, String detail) {
        all.add(new Check(step, Result.SKIPPED, detail));
    }

    /** A checkpoint was reached that this many witnesses vouch for. */
    void vouch(int witnesses) {
        cosigned = Math.min(cosigned, witnesses);
    }

    List<Check> all() {
        return all;
    }

    /** How many witnesses vouch for each checkpoint, at least; 0 before the first. */
    int cosigned() {
        return cosigned == Integer.MAX_VALUE ? 0 : cosigned;
    }
}
