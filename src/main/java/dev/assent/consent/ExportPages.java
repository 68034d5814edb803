// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.site.Site;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which numbers an export brings, and what stands under them. */
@Singleton
class ExportPages {
    /** Numbers in a page: one statement of some milliseconds. */
    static final int LENGTH = 500;

    private final ExportRepository repository;
    private final Isolation isolation;

    ExportPages(ExportRepository repository, Isolation isolation) {
        this.repository = repository;
        this.isolation = isolation;
    }

    /**
     * From the first to the last number of the site, erased ones at either end included; where
     * there is a bound in time, from or to the first or last record, not erased, within it.
     *
     * @param size nothing is exported beyond the first entry that is not among so many
     * @param from recorded at or after it; absent: since ever
     * @param to recorded before it; absent: until now
     */
    ExportRange range(Site site, long size, @Nullable Instant from, @Nullable Instant to) {
        return isolation.within(site.organizationId(), () -> find(site, size, from, to));
    }

    private ExportRange find(Site site, long size, @Nullable Instant from, @Nullable Instant to) {
        long covered = repository.findLast(site.id(), size).orElse(0L);
        if (from == null && to == null) {
            return new ExportRange(1, covered);
        }
        return repository
                .findFirst(site.id(), from, to)
                .map(first ->
                        new ExportRange(
                                from == null ? 1 : first,
                                to == null ? covered : Math.min(covered, last(site, from, to))))
                .orElse(ExportRange.EMPTY);
    }

    private long last(Site site, @Nullable Instant from, Instant to) {
        return repository.findLast(site.id(), from, to).orElse(0L);
    }

    /**
     * The rows of the numbers from {@code first} on, at most {@value #LENGTH}, none left out.
     *
     * @param last no number beyond it
     */
    List<ExportRow> page(Site site, long first, long last) {
        long end = Math.min(last, first + LENGTH - 1);
        // Said here: a body is sent outside of the request's own context.
        List<ExportRow> rows =
                isolation.within(
                        site.organizationId(), () -> repository.list(site.id(), first, end));
        for (int i = 0; i < rows.size(); i++) {
            requireNumber(first + i, rows.get(i).seq());
        }
        requireNumber(end, first + rows.size() - 1);
        return rows;
    }

    /**
     * The rows of some numbers, none left out.
     *
     * @param numbers ascending, at most {@value #LENGTH}
     */
    List<ExportRow> some(Site site, List<Long> numbers) {
        List<ExportRow> rows =
                isolation.within(
                        site.organizationId(), () -> repository.listSome(site.id(), numbers));
        if (rows.size() != numbers.size()) {
            throw new IllegalStateException(
                    rows.size() + " of " + numbers.size() + " numbers are there");
        }
        return rows;
    }

    /** Rather no export than one with a gap. */
    private static void requireNumber(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("number " + found + " instead of " + expected);
        }
    }
}
