// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import io.micronaut.data.exceptions.DataAccessException;

/** The log could not be read: the database is out of reach, or a statement failed. */
final class LogReadException extends DataAccessException {
    private static final long serialVersionUID = 1;

    LogReadException(String message, Throwable cause) {
        super(message, cause);
    }
}
