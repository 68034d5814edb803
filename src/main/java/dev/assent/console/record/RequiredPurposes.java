// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.consent.ConsentRecord;
import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.site.Artefacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which purposes the policies of some records require, each policy read once. For one page; not for
 * several threads.
 */
final class RequiredPurposes {
    private final Artefacts artefacts;
    private final Map<String, Set<String>> known = new HashMap<>();

    RequiredPurposes(Artefacts artefacts) {
        this.artefacts = artefacts;
    }

    /** Their ids, as the policy says that the record names. */
    Set<String> of(ConsentRecord record) {
        try {
            String sha256 = record.content().text("policy", "sha256");
            Set<String> found = known.get(sha256);
            if (found == null) {
                found = read(artefacts.read(Hash.fromHex(sha256)));
                known.put(sha256, found);
            }
            return found;
        } catch (JsonException e) {
            throw new IllegalStateException("cannot read " + record, e);
        }
    }

    private static Set<String> read(JsonObject artefact) throws JsonException {
        Set<String> required = new HashSet<>();
        for (JsonValue value : artefact.array("purposes")) {
            JsonObject purpose = (JsonObject) value;
            if (purpose.bool("required")) {
                required.add(purpose.text("id"));
            }
        }
        return required;
    }
}
