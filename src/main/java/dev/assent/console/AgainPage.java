// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.util.List;

/**
 * What was typed, to be sent again.
 *
 * @param action a path of the console
 * @param why it was not taken as it was, a sentence
 */
public record AgainPage(String action, List<Form.Field> fields, String why) {}
