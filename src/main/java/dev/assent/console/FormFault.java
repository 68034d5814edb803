// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Refusal;

/**
 * What is wrong with a form that is shown again.
 *
 * @param field at fault; empty if none is in particular
 * @param reason for people; empty if nothing is wrong
 */
public record FormFault(String field, String reason) {
    /** Nothing is wrong. */
    public static final FormFault NONE = new FormFault("", "");

    public static FormFault of(Refusal refusal) {
        return new FormFault(refusal.field(), refusal.reason());
    }

    public boolean isAt(String name) {
        return field.equals(name) && !reason.isEmpty();
    }
}
