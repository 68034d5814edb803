// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.time.Duration;

/** An attempt came too soon after others that failed; it was not looked at. */
public final class TooManyAttempts extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    TooManyAttempts(Duration wait) {
        super("too many attempts", null, false, false);
        this.wait = wait;
    }

    /** Until the next one is looked at; at most {@link Delay#LONGEST}. */
    public Duration retryAfter() {
        return wait;
    }
}
