// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

/** A page could not be fetched; says why in a sentence for the person who asked for it. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    FetchException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Holds nothing of what a server answered. */
    public String reason() {
        return reason;
    }
}
