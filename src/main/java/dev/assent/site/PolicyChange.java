// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

/**
 * One thing that differs between two versions of a policy, in words.
 *
 * @param what a sentence without its full stop, such as {@code Tracker gone from “Statistics”: _ga}
 * @param before what stood there; empty if nothing did, or the sentence says it
 * @param after what stands there now; empty likewise
 * @param asks whether who agreed before has not agreed to this, so that asking again is proposed
 */
public record PolicyChange(String what, String before, String after, boolean asks) {

    static PolicyChange said(String what, boolean asks) {
        return new PolicyChange(what, "", "", asks);
    }
}
