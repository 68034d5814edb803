// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.ApiKey;
import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import java.util.List;

/**
 * The organization's keys.
 *
 * @param made a key just made
 * @param name of a key to be made, as it was typed
 * @param scopes of it, as they were chosen
 */
public record KeysPage(
        List<ApiKey> keys,
        Handed made,
        String name,
        List<String> scopes,
        FormFault fault,
        Flash flash) {

    /** Something that a key can open, in words. */
    public record Opens(String scope, String label, String words) {}

    public static final List<Opens> ALL =
            List.of(
                    new Opens("sites", "Sites", "make, read, change and remove sites"),
                    new Opens("policies", "Policies", "read and write drafts, publish versions"),
                    new Opens("records", "Records", "read and erase records, record from a server"),
                    new Opens(
                            "export", "Export", "take out all records of a site with their proofs"),
                    new Opens("organization", "Keys", "make and revoke keys like this one"));
}
