// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.Note;
import java.util.Optional;

/**
 * What a file is verified by.
 *
 * @param keys the logs' keys to hold checkpoints against
 * @param since a checkpoint of the log that was kept earlier
 * @param heads what the file's checkpoints, taken together, have shown so far
 */
record Grounds(
        TrustPolicy trust,
        SignedCheckpoints checkpoints,
        Keys keys,
        Optional<Note> since,
        Heads heads) {
    Grounds with(Keys other) {
        return new Grounds(trust, checkpoints, other, since, heads);
    }
}
