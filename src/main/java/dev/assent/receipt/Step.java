// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.util.Locale;

/** The numbered steps of a verification, in their order. A failure names its step. */
public enum Step {
    /** The file is what it says it is, in its one spelling, and not too large. */
    PARSE(1),
    /** A trusted key, whose name is the log's origin, signed the checkpoint. */
    SIGNATURE(2),
    /** Enough witnesses saw the checkpoint, if the trust file asks for any. */
    WITNESSES(3),
    /** The record is canonical, and the commitment is made from it and its salt. */
    COMMITMENT(4),
    /** The commitment's entry is under the checkpoint. */
    INCLUSION(5),
    /** The policy artefact is the one that the record names, and was logged before the record. */
    ARTEFACT(6),
    /** The record agrees with the artefact: purposes, language, expiry. */
    RULES(7),
    /** The log grew from the checkpoint that was kept earlier, if one was. */
    CONSISTENCY(8),
    /** In an export: no record of the site is missing, doubled or out of order. */
    SEQUENCE(9);

    private final int number;

    Step(int number) {
        this.number = number;
    }

    /** From 1, as in formats §8. */
    public int number() {
        return number;
    }

    /** In lower case, as it is written in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
