// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

/** A note, key or proof was refused: malformed, or not signed as it should be. */
public final class NoteException extends Exception {
    private static final long serialVersionUID = 1;

    NoteException(String message) {
        super(message);
    }
}
