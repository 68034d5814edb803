// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteSignature;

/** What came back from one request to a witness. */
sealed interface WitnessAnswer {
    /** Their cosignature, verified: by their key, on our text, at about this time. */
    record Cosigned(NoteSignature line) implements WitnessAnswer {}

    /** What we sent does not continue what they cosigned last, which has this size. */
    record Conflict(long size) implements WitnessAnswer {}

    /**
     * They refuse, or answer what is no answer.
     *
     * @param status of HTTP; 200 where the cosignature is not valid
     * @param detail at most 200 printable characters
     */
    record Refused(int status, String detail) implements WitnessAnswer {}

    /** No answer in time. */
    record Unreachable(String why) implements WitnessAnswer {}
}
