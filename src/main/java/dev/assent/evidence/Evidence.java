// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import dev.assent.log.Findings;
import dev.assent.log.RowsByIndex;
import dev.assent.receipt.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A table whose rows say what entries of one type stand for, read beside the log in its order. */
final class Evidence implements AutoCloseable {
    private final String name;
    private final Entry.Type type;
    private final RowsByIndex rows;
    private final Rule rule;
    private final Findings findings;
    private long count;

    /** What must hold of a row and the entry that it belongs to. */
    @FunctionalInterface
    interface Rule {
        /**
         * @param what names the entry, for findings
         */
        void check(String what, Entry entry, ResultSet row) throws SQLException;
    }

    /**
     * @param name of the table, for findings
     * @param rows whose first column is the index of the entry
     */
    Evidence(String name, Entry.Type type, RowsByIndex rows, Rule rule, Findings findings) {
        this.name = name;
        this.type = type;
        this.rows = rows;
        this.rule = rule;
        this.findings = findings;
    }

    /**
     * Checks what there is for an entry. To be called for one entry after the other.
     *
     * @return how many rows stand for it: 0 for an entry of another type
     */
    int check(long index, Entry entry) throws SQLException {
        skipTo(index);
        int found = 0;
        for (; rows.index() == index; rows.advance()) {
            count++;
            if (isOf(entry)) {
                found++;
                rule.check("entry " + index, entry, rows.row());
            } else {
                findings.add("entry " + index + " is of another kind than its row in " + name);
            }
        }
        return found;
    }

    /** There are no more entries. */
    void end() throws SQLException {
        skipTo(RowsByIndex.END);
    }

    /** Rows so far. */
    long count() {
        return count;
    }

    private boolean isOf(Entry entry) {
        return entry.type() == type
                // Both kinds of statement lie in one table.
                || (type == Entry.Type.ERASURE && entry.type() == Entry.Type.LOG_EVENT);
    }

    private void skipTo(long index) throws SQLException {
        for (; rows.index() < index; rows.advance()) {
            count++;
            findings.add(
                    "there is no entry " + rows.index() + ", for which there is a row in " + name);
        }
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
