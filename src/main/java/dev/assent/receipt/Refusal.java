// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

/** Ends a verification: one of its steps failed. The message says why, in the auditor's words. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final Step step;
    private final String reason;

    Refusal(Step step, String reason) {
        super(reason);
        this.reason = reason;
        this.step = step;
    }

    /** The same reason, as the failure of another step. */
    Refusal as(Step other) {
        return new Refusal(other, reason);
    }

    Check check() {
        return new Check(step, Check.Result.FAILED, reason);
    }

    /** This failure, in one line of an export. */
    Check checkInLine(long line) {
        return new Check(step, Check.Result.FAILED, "line " + line + ": " + reason);
    }
}
