// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

/**
 * The log cannot be kept as it is: the key is not the log's, or the database is behind what was
 * signed. The message says what to do, to whoever starts the service.
 */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogException(String message) {
        super(message);
    }

    LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
