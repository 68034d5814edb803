// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

/** One file on its way through the steps of formats §8, whatever it is that it proves. */
interface Verifying {
    /** Whether nobody vouches for the key but the file. */
    boolean isOnFirstUse();

    /** What came of the steps so far. */
    Checks checks();

    /**
     * Takes the steps, one after the other.
     *
     * @throws Refusal at the first step that fails
     */
    void run() throws Refusal;
}
