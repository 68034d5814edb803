// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import dev.assent.note.AddCheckpoint;
import dev.assent.note.NoteSignature;

/**
 * What the witness answers.
 *
 * @param status of HTTP
 * @param body ends in a line end
 */
record Answer(int status, String type, String body) {
    static final String TEXT = "text/plain; charset=utf-8";

    static Answer text(String body) {
        return new Answer(200, TEXT, body);
    }

    /** 200: the checkpoint is cosigned, and that is on disk. */
    static Answer cosigned(NoteSignature line) {
        return text(line.format() + "\n");
    }

    /** 409: the checkpoint does not continue the one cosigned last, which has this size. */
    static Answer conflict(long size) {
        return new Answer(409, AddCheckpoint.SIZE_TYPE, AddCheckpoint.formatSize(size));
    }

    /** 400 malformed, 403 not signed, 404 unknown log, 422 proof does not hold. */
    static Answer refused(int status, String why) {
        return new Answer(status, TEXT, why + "\n");
    }
}
