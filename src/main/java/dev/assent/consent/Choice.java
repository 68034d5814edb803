// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.receipt.LeafEncoding;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the visitor did, as the widget sends it; well-formed, but not yet held against the policy
 * that it names.
 *
 * @param id UUIDv7 made by the widget; sending the same choice twice records it once
 * @param policyVersion 1 ≤ version, of the policy that was shown
 * @param policySha256 64 lower-case hexadecimal digits: the hash of that policy's artefact
 * @param choices by purpose id
 * @param source where it was done: {@code banner}, {@code preferences}, {@code gpc} or {@code api}
 * @param language BCP 47, of the words that were shown
 * @param layout {@code desktop}, {@code mobile}, or {@code none} where nothing was drawn
 * @param occurredAt by the browser's clock, whatever it says, in whole milliseconds
 * @param secret 32 bytes, base64url; goes no further than {@link #subject}
 * @param previous the visitor's previous choice on this site
 */
record Choice(
        UUID id,
        int policyVersion,
        String policySha256,
        SortedMap<String, Boolean> choices,
        Action action,
        String source,
        String language,
        String layout,
        Instant occurredAt,
        String secret,
        @Nullable UUID previous) {

    Choice {
        choices = Collections.unmodifiableSortedMap(new TreeMap<>(choices));
    }

    /** The visitor's name within {@code siteKey}, 22 characters of base64url (formats §2). */
    String subject(String siteKey) {
        return LeafEncoding.subject(siteKey, Base64.getUrlDecoder().decode(secret));
    }

    /** Says nothing of the visitor. */
    @Override
    public String toString() {
        return "Choice " + id;
    }
}
