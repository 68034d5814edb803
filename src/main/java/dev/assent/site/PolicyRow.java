// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import java.time.Instant;

/**
 * A published version as it is stored, without its document.
 *
 * @param logIndex of the 0x02 entry that names the artefact
 */
@MappedEntity("policy_version")
record PolicyRow(
        long siteId,
        @Id int version,
        @MappedProperty(converter = HashConverter.class) Hash sha256,
        @MappedProperty(converter = HashConverter.class) Hash widgetSha256,
        long logIndex,
        boolean material,
        String reason,
        Instant publishedAt,
        Instant effectiveAt) {

    /**
     * Whether visitors may see it: its time has come, and its entry lies under what the log has
     * covered, so that the wording was fixed before anybody consented to it.
     */
    boolean isOpen(Instant now, long coveredSize) {
        return !effectiveAt.isAfter(now) && logIndex < coveredSize;
    }
}
