// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.site.Site;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/**
 * Walks over a site's numbers as they are stored, gaps and all: an export would rather end than
 * show one.
 */
@Singleton
public class NumberWalk {
    /** Numbers read in one statement: some tens of milliseconds, far from any time-out. */
    private static final int LENGTH = 20_000;

    private final NumberStatements statements;
    private final Isolation isolation;

    NumberWalk(NumberStatements statements, Isolation isolation) {
        this.statements = statements;
        this.isolation = isolation;
    }

    /**
     * A number that is there.
     *
     * @param index of the record's entry in the log
     * @param statement index of the entry that states its erasure; -1 for a record
     * @param stated whether that statement names this number; true for a record
     */
    public record Step(long seq, long index, long statement, boolean stated) {
        public boolean isErased() {
            return statement >= 0;
        }
    }

    /** Shows each number that is there from {@code first} to {@code last}, ascending. */
    public void walk(Site site, long first, long last, Consumer<Step> each) {
        for (long from = first; from <= last; from += LENGTH) {
            long to = Math.min(last, from + LENGTH - 1);
            long start = from;
            isolation.within(site.organizationId(), () -> statements.read(site, start, to, each));
        }
    }
}
