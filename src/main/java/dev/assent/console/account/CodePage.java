// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.SignInPage;
import java.util.List;

/**
 * The page that asks for the second factor; as {@link SignInPage}.
 *
 * @param next where it leads; a path of the console
 * @param kept what was typed before the session ended
 */
public record CodePage(String next, List<Form.Field> kept, FormFault fault) {}
