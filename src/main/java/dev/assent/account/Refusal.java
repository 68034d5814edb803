// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

/**
 * What a form asked for cannot be done; says why in words for the person who sent it. Nothing was
 * changed. Costs no stack trace: it is an answer, not a fault of ours.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    /**
     * @param field of the form that is at fault; empty if none is in particular
     * @param reason a sentence that holds nothing of what was sent
     */
    public Refusal(String field, String reason) {
        super(reason, null, false, false);
        this.field = field;
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }
}
