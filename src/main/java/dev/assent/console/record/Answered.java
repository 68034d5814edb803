// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.consent.ConsentRecord;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a record answers to: what was asked, told apart from what is always on. Ids of purposes, in
 * their order.
 *
 * @param necessary what the site cannot work without; nobody was asked for it
 */
record Answered(List<String> granted, List<String> refused, List<String> necessary) {

    /**
     * @param required ids of the purposes that the record's policy requires
     */
    static Answered of(ConsentRecord record, Set<String> required) {
        List<String> on = RecordWords.purposes(record, true);
        return new Answered(
                on.stream().filter(Predicate.not(required::contains)).toList(),
                RecordWords.purposes(record, false),
                on.stream().filter(required::contains).toList());
    }

    /** The answer in a phrase, so that a refusal reads as one. */
    String words() {
        if (granted.isEmpty() && refused.isEmpty()) {
            return "Nothing was asked";
        }
        if (granted.isEmpty()) {
            return "Refused all: " + line(refused);
        }
        return refused.isEmpty()
                ? "Granted all: " + line(granted)
                : "Granted: " + line(granted) + "; refused: " + line(refused);
    }

    /** What is always on, as an aside; empty if nothing is. */
    String aside() {
        return necessary.isEmpty() ? "" : "necessary: " + line(necessary);
    }

    private static String line(List<String> ids) {
        return String.join(", ", ids);
    }
}
