// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.util.Locale;

/**
 * What came of one step.
 *
 * @param detail a sentence for people, without a visitor's data
 */
public record Check(Step step, Result result, String detail) {
    /** How a step ended. */
    public enum Result {
        PASSED,
        FAILED,
        /** Valid, but fewer witnesses than the trust file demands. */
        BELOW,
        /** Nothing in the file, or nothing asked for, that this step could check. */
        SKIPPED;

        /** In lower case, as it is written in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("step", step.number())
                .put("name", step.word())
                .put("result", result.word())
                .put("detail", detail)
                .build();
    }
}
