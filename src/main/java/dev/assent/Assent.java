// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import io.micronaut.runtime.Micronaut;

/** The program's door. Without an argument it serves. */
public final class Assent {
    private Assent() {}

    public static void main(String[] arguments) {
        Micronaut.run(Assent.class, arguments);
    }
}
