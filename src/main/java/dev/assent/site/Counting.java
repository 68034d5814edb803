// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;

/**
 * What the widget tells beside choices, without any id. All of it is off unless the owner asks for
 * it, and the artefact says so where it is on.
 *
 * @param shown whether each banner that is shown is counted
 * @param undeclared one page view in how many tells the names of cookies and storage keys that no
 *     tracker declares, 1 to {@value #MAX_ONE_IN}; 0: none
 */
public record Counting(boolean shown, int undeclared) {
    static final String SHOWN = "countShown";
    static final String UNDECLARED = "sampleUndeclared";

    static final Counting NOTHING = new Counting(false, 0);

    /** What a page proposes to whoever turns it on. */
    public static final int USUAL_ONE_IN = 100;

    static final int MAX_ONE_IN = 100_000;

    static Counting read(JsonForm form) {
        return new Counting(
                form.bool(SHOWN, false), (int) form.integer(UNDECLARED, 0, MAX_ONE_IN, 0));
    }

    /** What an artefact says. */
    static Counting of(JsonObject artefact) {
        return new Counting(
                artefact.find(SHOWN).filter(new JsonValue.Bool(true)::equals).isPresent(),
                artefact.find(UNDECLARED)
                        .map(value -> Math.toIntExact(((JsonValue.Int) value).value()))
                        .orElse(0));
    }

    /** Puts what is on; what is off is left out. */
    void put(JsonObject.Builder json) {
        if (shown) {
            json.put(SHOWN, true);
        }
        if (undeclared > 0) {
            json.put(UNDECLARED, undeclared);
        }
    }

    boolean isOn() {
        return shown || undeclared > 0;
    }
}
