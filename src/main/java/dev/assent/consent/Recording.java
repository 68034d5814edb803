// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.PublicUrl;
import dev.assent.web.Timestamps;
import io.micronaut.serde.annotation.Serdeable;

/**
 * The answer to a choice that is durable.
 *
 * @param id as it was sent
 * @param site the site's public key
 * @param seq 1, 2, 3 … within the site
 * @param index of the entry in the log, from 0
 * @param recordedAt by the service's clock
 * @param expiresAt when the visitor is asked again
 * @param record where the record is read, an absolute URL
 * @param receipt where its receipt is fetched, an absolute URL
 */
@Serdeable
record Recording(
        String id,
        String site,
        long seq,
        long index,
        String recordedAt,
        String expiresAt,
        String record,
        String receipt) {

    static Recording of(ConsentRecord record, String siteKey, PublicUrl url) {
        String path = "/v1/consents/" + record.id();
        return new Recording(
                record.id().toString(),
                siteKey,
                record.seq(),
                record.index(),
                Timestamps.format(record.recordedAt()),
                Timestamps.format(record.expiresAt()),
                url.of(path),
                url.of(path + "/receipt"));
    }
}
