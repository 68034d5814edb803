// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.site.Site;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches a site's records, newest first, in bounded time however many there are. A time is turned
 * into numbers by the index on time; a version, and an action that is rare, are found by an index
 * of their own. What has no index, the answer to a purpose and the common actions, is looked for
 * among so many numbers at a time, and the page says how far it has looked.
 */
@Singleton
public class RecordSearch {
    /** The most records that one page looks into. */
    static final int READ_AT_A_TIME = 20_000;

    /** The most records that one page passes over without looking into them. */
    static final int PASSED_AT_A_TIME = 100_000;

    private final RecordStatements statements;
    private final ExportRepository times;
    private final Isolation isolation;

    RecordSearch(RecordStatements statements, ExportRepository times, Isolation isolation) {
        this.statements = statements;
        this.times = times;
        this.isolation = isolation;
    }

    /**
     * What is looked for; what is absent does not matter.
     *
     * @param below numbers below this one; {@link Long#MAX_VALUE} to begin
     * @param from recorded at or after it
     * @param to recorded before it
     * @param action such as {@code save}
     * @param version of the policy
     * @param purpose id of a purpose that was asked for
     * @param granted the answer to {@code purpose}; absent: either
     */
    public record Query(
            long below,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String action,
            @Nullable Integer version,
            @Nullable String purpose,
            @Nullable Boolean granted) {

        /** The same among the numbers below {@code seq}. */
        public Query below(long seq) {
            return new Query(seq, from, to, action, version, purpose, granted);
        }

        /** How many numbers are looked through for one page. */
        long reach() {
            if (purpose != null) {
                return READ_AT_A_TIME;
            }
            boolean indexed = action == null || Action.isRare(action) && version == null;
            return indexed ? Long.MAX_VALUE : PASSED_AT_A_TIME;
        }
    }

    /**
     * A page.
     *
     * @param records newest first
     * @param lowest the smallest number that was looked at; 1 where all were
     * @param next for {@link Query#below}; absent where there is nothing more to look at
     */
    public record Page(List<ConsentRecord> records, long lowest, @Nullable Long next) {}

    /** At most {@code limit} records. */
    public Page page(Site site, Query query, int limit) {
        // Said here: a download is sent outside of the request's own context.
        return isolation.within(site.organizationId(), () -> find(site, query, limit));
    }

    private Page find(Site site, Query query, int limit) {
        long first = 1;
        long last = Math.min(query.below() - 1, statements.lastSeq(site));
        if (query.from() != null || query.to() != null) {
            Optional<Long> low = times.findFirst(site.id(), query.from(), query.to());
            Optional<Long> high = times.findLast(site.id(), query.from(), query.to());
            first = low.orElse(1L);
            last = Math.min(last, high.orElse(0L));
        }
        long lowest = Math.max(first, last - Math.min(query.reach(), last) + 1);
        List<ConsentRecord> found = statements.search(site, query, lowest, last, limit + 1);
        if (found.size() > limit) {
            List<ConsentRecord> shown = found.subList(0, limit);
            return new Page(shown, shown.getLast().seq(), shown.getLast().seq());
        }
        return new Page(found, lowest, lowest > first ? lowest : null);
    }
}
