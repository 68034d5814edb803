// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import org.jspecify.annotations.Nullable;

/**
 * What a person is told when there is nothing else to show.
 *
 * @param status such as {@code 404}
 * @param meaning where this kind of problem is explained; absent where that would not help
 * @param inConsole whether it was met by an operator at work, who is led back there
 */
public record ErrorPage(
        int status, String title, String detail, @Nullable String meaning, boolean inConsole) {

    public ErrorPage(int status, String title, String detail, @Nullable String meaning) {
        this(status, title, detail, meaning, false);
    }

    /** The same for who asked for {@code path}. */
    ErrorPage at(String path) {
        return new ErrorPage(status, title, detail, meaning, path.startsWith("/console/"));
    }
}
