// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.util.Set;

/** Which members an object of a fixed format has. */
final class Members {
    private Members() {}

    /** A file of ours has no member that this version does not know. */
    static void requireOnly(JsonObject json, String... known) throws JsonException {
        if (!Set.of(known).containsAll(json.keys())) {
            throw JsonException.notAllowed("", "a member that this format does not have");
        }
    }

    static void requireType(JsonObject json, String type) throws JsonException {
        if (!json.text("type").equals(type)) {
            throw JsonException.notAllowed("/type", "expected " + type);
        }
    }
}
