// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

/** The witness does not start. The message says why, to whoever can do something about it. */
final class WitnessException extends Exception {
    private static final long serialVersionUID = 1;

    WitnessException(String message) {
        super(message);
    }
}
