// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

/** A proof proves nothing. The message names the step that failed, never a byte of an entry. */
public final class InvalidProofException extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;

    InvalidProofException(String message) {
        super(message);
        this.message = message;
    }

    /** Never null, as one's may be whose kind is not known. */
    @Override
    public String getMessage() {
        return message;
    }
}
