// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Set;

/**
 * A published policy: what visitors are told and asked. It never changes.
 *
 * @param version 1, 2, 3 … within the site, without gaps
 * @param sha256 of the artefact, the canonical document of this version
 * @param purposes in the order shown, at least {@code session}
 * @param counting what is told beside choices
 * @param languages BCP 47, those that it was offered in
 * @param lifetime how long a choice holds
 * @param ruleset {@code opt-in}
 * @param material whether visitors who answered an earlier version are asked again
 * @param reason why it was published, in the owner's words
 * @param effectiveAt from when it may be live; not before {@code publishedAt}
 */
public record PolicyVersion(
        long siteId,
        String siteKey,
        int version,
        Hash sha256,
        List<Purpose> purposes,
        Counting counting,
        Set<String> languages,
        Period lifetime,
        String ruleset,
        boolean material,
        String reason,
        Instant publishedAt,
        Instant effectiveAt) {

    public PolicyVersion {
        purposes = List.copyOf(purposes);
        languages = Set.copyOf(languages);
    }
}
