// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;

/**
 * A checkpoint of ours as it was signed, with whatever witnesses have added.
 *
 * @param size number of entries that it covers, from 1
 * @param root over these
 * @param note its text begins with the origin
 */
public record SignedCheckpoint(long size, Hash root, Note note) {

    /**
     * Reads what is stored.
     *
     * @param lines signature lines of witnesses, each with its line end; may be empty
     * @throws IllegalStateException if it is not as it was written
     */
    static SignedCheckpoint read(String note, String lines) {
        try {
            Note signed = Note.parse(note + lines);
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            return new SignedCheckpoint(checkpoint.size(), checkpoint.root(), signed);
        } catch (NoteException e) {
            throw new IllegalStateException("a stored checkpoint is not one", e);
        }
    }

    /** Whether the entry with this index has its place for good. */
    public boolean covers(long index) {
        return index < size;
    }

    /** The log's name, such as {@code consent.example.com/log}. */
    public String origin() {
        return note.text().substring(0, note.text().indexOf('\n'));
    }
}
