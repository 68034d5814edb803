// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.util.List;

/**
 * What was typed, to be sent again under another session.
 *
 * @param action a path of the console
 */
public record AgainPage(String action, List<Form.Field> fields) {}
