// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret on its way from the form that made it to the page that shows it.
 *
 * @param what was made, such as {@code invitation}
 * @param place the path of the page that shows it
 * @param shownAt absent until it has been
 * @param sealed absent once nobody is to read it any more
 */
@MappedEntity
record Handover(
        @Id long id,
        String what,
        String place,
        Instant madeAt,
        @Nullable Instant shownAt,
        byte @Nullable [] sealed) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "handover " + id;
    }
}
