// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

/** A trust file is not one. The message names the line. */
public final class TrustPolicyException extends Exception {
    private static final long serialVersionUID = 1;

    TrustPolicyException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
