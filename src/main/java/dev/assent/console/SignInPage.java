// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.util.List;

/**
 * The sign-in page.
 *
 * @param next where it leads; a path of the console
 * @param kept what was typed before the session ended, to be sent to {@code next} afterwards
 * @param email as typed before
 * @param notice why one is here; empty if there is nothing to say
 */
public record SignInPage(
        String next, List<Form.Field> kept, String email, String notice, FormFault fault) {

    public static SignInPage to(String next) {
        return new SignInPage(next, List.of(), "", "", FormFault.NONE);
    }

    public SignInPage keeping(List<Form.Field> fields) {
        return new SignInPage(next, fields, email, notice, fault);
    }

    SignInPage told(String words) {
        return new SignInPage(next, kept, email, words, fault);
    }

    public SignInPage refused(String typed, FormFault why) {
        return new SignInPage(next, kept, typed, notice, why);
    }
}
