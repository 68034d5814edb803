// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import org.jspecify.annotations.Nullable;

/**
 * What a person is told when there is nothing else to show.
 *
 * @param status such as {@code 404}
 * @param meaning where this kind of problem is explained; absent where that would not help
 */
public record ErrorPage(int status, String title, String detail, @Nullable String meaning) {}
