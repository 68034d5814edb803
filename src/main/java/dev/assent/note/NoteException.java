// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

/** A note, key or proof was refused: malformed, or not signed as it should be. */
public final class NoteException extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;

    NoteException(String message) {
        super(message);
        this.message = message;
    }

    /** Never null, as one's may be whose kind is not known. */
    @Override
    public String getMessage() {
        return message;
    }
}
