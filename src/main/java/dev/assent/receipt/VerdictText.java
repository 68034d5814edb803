// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.util.Locale;

/** A verdict for people: one line a step, then the result, then what else to know. */
final class VerdictText {
    private VerdictText() {}

    static String format(Verdict verdict) {
        StringBuilder text = new StringBuilder();
        for (Check check : verdict.checks()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-7s %d %-11s %s%n",
                            check.result().word(),
                            check.step().number(),
                            check.step().word(),
                            printable(check.detail())));
        }
        text.append(String.format("%n%s%n", result(verdict)));
        verdict.notes().forEach(note -> text.append(String.format("note: %s%n", note)));
        return text.toString();
    }

    /** A file may hold what would steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\x{80}-\\x{9f}]", "?");
    }

    private static String result(Verdict verdict) {
        return switch (verdict.exitCode()) {
            case 0 -> "VALID, " + verdict.level();
            case 3 -> "VALID, but below what the trust file demands: " + verdict.level();
            default -> "INVALID";
        };
    }
}
