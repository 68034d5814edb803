// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.propagation.PropagatedContext;
import java.util.concurrent.Executor;

/**
 * Runs tasks outside of whatever their caller is in. Micronaut's executors hand the caller's
 * context on, and with it the connection of a running transaction: a lookup begun there would share
 * that connection with the caller, or find it closed. A lookup whose result is kept for others
 * belongs to no caller.
 */
public final class Detached {
    private Detached() {}

    /** {@code executor}, without the caller's context. */
    public static Executor on(Executor executor) {
        return task -> executor.execute(PropagatedContext.empty().wrap(task));
    }
}
