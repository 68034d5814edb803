// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A server of ours cannot be started or kept. The message is one or two sentences for the operator:
 * what is wrong and what to do; it is fit to be printed without a stack trace.
 */
public final class LocalServerException extends RuntimeException {
    LocalServerException(String message) {
        super(message);
    }

    LocalServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
