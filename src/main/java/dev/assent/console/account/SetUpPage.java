// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Refusal;
import dev.assent.console.Form;
import dev.assent.console.FormFault;

/**
 * The page of the first operator, with what was typed.
 *
 * @param token of the link
 */
public record SetUpPage(
        String token, String organization, String name, String email, FormFault fault) {
    static final SetUpPage EMPTY = new SetUpPage("", "", "", "", FormFault.NONE);

    static SetUpPage of(Form form, Refusal refusal) {
        return new SetUpPage(
                form.text("token"),
                form.text("organization"),
                form.text("name"),
                form.text("email"),
                FormFault.of(refusal));
    }
}
