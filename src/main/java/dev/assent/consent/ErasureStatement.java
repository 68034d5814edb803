// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.log.TransparencyLog;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the log keeps of an erasure, for anybody to read (formats §4): that these numbers of this
 * site are gone, why and since when. It names only numbers that it erases, and nobody.
 *
 * @param site the site's public key
 * @param first seq of the first record erased
 * @param last seq of the last; every number from {@code first} to {@code last} is erased
 * @param at by this service's clock, in whole milliseconds
 */
record ErasureStatement(String site, long first, long last, ErasureReason reason, Instant at) {

    /**
     * One statement for each run of consecutive numbers.
     *
     * @param seqs ascending, without repetition
     */
    static List<ErasureStatement> of(
            String site, List<Long> seqs, ErasureReason reason, Instant at) {
        List<ErasureStatement> statements = new ArrayList<>();
        for (int first = 0, next = 0; next < seqs.size(); first = next) {
            do {
                next++;
            } while (next < seqs.size() && seqs.get(next) == seqs.get(next - 1) + 1);
            statements.add(
                    new ErasureStatement(site, seqs.get(first), seqs.get(next - 1), reason, at));
        }
        return statements;
    }

    /** Its document, as the migration that erases by it spells it too, and its entry. */
    TransparencyLog.Statement logged() {
        byte[] document =
                CanonicalJson.write(
                        JsonObject.builder()
                                .put("v", 1)
                                .put("site", site)
                                .put("first", first)
                                .put("last", last)
                                .put("reason", reason.word())
                                .put("at", Timestamps.format(at))
                                .build());
        Entry entry = new Entry(Entry.Type.ERASURE, Hash.of(document));
        return new TransparencyLog.Statement(entry.bytes(), document);
    }
}
