// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import jakarta.inject.Singleton;

/** Lets tests of other packages try again: all of them come from one network. */
@Singleton
public final class TestDelays {
    private final Delays delays;

    TestDelays(Delays delays) {
        this.delays = delays;
    }

    public void forget() {
        delays.forgetNetworks();
    }
}
