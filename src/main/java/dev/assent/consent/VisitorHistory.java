// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.PublicUrl;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a site has recorded of one visitor, for that visitor, oldest first (GDPR articles 15 and
 * 20).
 *
 * @param site its public key
 * @param records at most {@value #MAX_PAGE}
 * @param next for {@code after} of the next page; absent on the last
 */
@Serdeable
record VisitorHistory(String site, List<Item> records, @Nullable String next) {
    /** The most records in a page. */
    static final int MAX_PAGE = 500;

    /**
     * A record and where it is found.
     *
     * @param index of its entry in the log
     * @param record the canonical record (formats §2)
     */
    @Serdeable
    record Item(long index, Map<String, Object> record, Links links) {}

    /**
     * Absolute URLs.
     *
     * @param record the record, byte for byte, or its page
     * @param receipt the proof that the log holds it
     * @param artefact the wording that the choice was made under
     */
    @Serdeable
    record Links(String record, String receipt, String artefact) {}

    /**
     * A page of {@code found}, which has one record more than a page where another page follows.
     */
    static VisitorHistory page(String site, List<ConsentRecord> found, PublicUrl url) {
        boolean more = found.size() > MAX_PAGE;
        List<ConsentRecord> shown = more ? found.subList(0, MAX_PAGE) : found;
        return new VisitorHistory(
                site,
                shown.stream().map(record -> item(record, url)).toList(),
                more ? Long.toString(shown.getLast().seq()) : null);
    }

    private static Item item(ConsentRecord record, PublicUrl url) {
        String path = "/v1/consents/" + record.id();
        return new Item(
                record.index(),
                record.plainContent(),
                new Links(url.of(path), url.of(path + "/receipt"), url.of(record.artefactPath())));
    }
}
