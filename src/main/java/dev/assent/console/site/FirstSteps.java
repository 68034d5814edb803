// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The way from nothing to a banner that visitors answer.
 *
 * @param made whether there is a site
 * @param published whether it has a live policy
 * @param seen whether its tag was found on a page
 * @param recorded whether a visitor has answered
 */
public record FirstSteps(boolean made, boolean published, boolean seen, boolean recorded) {
    /** Before there is a site. */
    public static final FirstSteps NONE = new FirstSteps(false, false, false, false);

    private static final List<String> WORDS =
            List.of(
                    "Make a site",
                    "Publish a policy",
                    "Put the tag on your pages",
                    "Get the first answer");

    /** What a recorded answer shows: the tag was there and asked. */
    static FirstSteps of(boolean published, boolean found, boolean recorded) {
        return new FirstSteps(true, published || recorded, found || recorded, recorded);
    }

    /**
     * A step as it is shown.
     *
     * @param number from 1
     * @param state {@code done}, {@code next} or {@code later}
     */
    public record Step(int number, String words, String state) {
        public boolean isNext() {
            return state.equals("next");
        }

        /** For those who do not see the mark. */
        public String said() {
            return switch (state) {
                case "done" -> "done";
                case "next" -> "next";
                default -> "not yet";
            };
        }
    }

    public List<Step> steps() {
        List<Boolean> done = List.of(made, published, seen, recorded);
        int next = done.indexOf(false);
        return IntStream.range(0, done.size())
                .mapToObj(i -> new Step(i + 1, WORDS.get(i), state(done.get(i), i == next)))
                .toList();
    }

    public boolean isDone() {
        return recorded;
    }

    private static String state(boolean done, boolean next) {
        return done ? "done" : next ? "next" : "later";
    }
}
