// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a {@link Problem}. Costs no stack trace: it is an answer, not a fault of
 * ours.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient @Nullable Duration retryAfter;

    private ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(Problem problem) {
        return new ProblemException(problem, null);
    }

    /** 400: the body is not what it says it is (not JSON, not UTF-8). */
    public static ProblemException malformed(String detail) {
        return of(ProblemType.MALFORMED.problem(detail));
    }

    /** 404, the same for what never was, what is somebody else's and what has been erased. */
    public static ProblemException notFound(String what) {
        return of(ProblemType.NOT_FOUND.problem("There is no such " + what + "."));
    }

    /** 413: the body has more than {@code maxBytes}. */
    public static ProblemException tooLarge(int maxBytes) {
        return of(
                ProblemType.TOO_LARGE.problem("The body may have at most " + maxBytes + " bytes."));
    }

    /** 412: somebody else changed it since the caller read it. */
    public static ProblemException changedMeanwhile(String what) {
        return of(
                ProblemType.CHANGED_MEANWHILE.problem(
                        "The " + what + " is not the one that If-Match names; read it again."));
    }

    /** 422: well-formed, but not acceptable; {@code faults} is not empty. */
    public static ProblemException unacceptable(String what, List<Problem.Fault> faults) {
        String detail =
                faults.size() == 1
                        ? "The " + what + " has a fault."
                        : "The " + what + " has " + faults.size() + " faults.";
        return of(ProblemType.invalid(what, detail).with(faults));
    }

    /** 503: try again after {@code retryAfter}; nothing was stored. */
    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return new ProblemException(ProblemType.UNAVAILABLE.problem(detail), retryAfter);
    }

    /** 429: too many requests from this network; try again after {@code retryAfter}. */
    public static ProblemException tooMany(Duration retryAfter) {
        return new ProblemException(
                ProblemType.RATE_LIMITED.problem(
                        "Too many requests came from this network; try again later."),
                retryAfter);
    }

    /** 429: attempts that failed; the next one is looked at after {@code retryAfter}. */
    public static ProblemException tooManyAttempts(Duration retryAfter) {
        return new ProblemException(
                ProblemType.RATE_LIMITED.problem(
                        "Too many attempts failed. Wait a little, then try again."),
                retryAfter);
    }

    public Problem problem() {
        return problem;
    }

    /**
     * How long to wait, absent where waiting does not help. Sent as {@code Retry-After}, in
     * seconds.
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
