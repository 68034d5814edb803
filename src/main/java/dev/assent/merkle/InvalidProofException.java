// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

/** A proof proves nothing. The message names the step that failed, never a byte of an entry. */
public final class InvalidProofException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidProofException(String message) {
        super(message);
    }
}
