// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.receipt.JsonValue;
import dev.assent.site.Site;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One site's records and tombstones, by id, by number, and by who stands before and after. */
@Singleton
public class SiteRecords {
    private final ConsentRecords records;
    private final SiteRecordRepository repository;

    SiteRecords(ConsentRecords records, SiteRecordRepository repository) {
        this.records = records;
        this.repository = repository;
    }

    /**
     * How many there are.
     *
     * @param recorded all that were ever recorded, erased ones included
     * @param erased at most {@value #MANY} and one, which stands for more
     */
    public record Counts(long recorded, long erased) {
        /** As far as erased records are counted. */
        public static final long MANY = 100_000;

        public boolean isExact() {
            return erased <= MANY;
        }
    }

    /**
     * What is left of an erased record.
     *
     * @param seq its number in the site
     * @param index of its entry in the log, which stays
     * @param reason {@code retention}, {@code request} or {@code site-removed}
     * @param statement index of the entry that states the erasure
     */
    public record Tombstone(
            long seq, long index, String reason, Instant erasedAt, long statement) {}

    /**
     * Who stands beside a record: the same visitor's choice before it and after it on this site.
     *
     * @param committed whether the record itself names {@code previous}, by its commitment
     */
    public record Neighbours(
            @Nullable ConsentRecord previous, @Nullable ConsentRecord next, boolean committed) {}

    /** The site's record with this id, as it stands in a path. */
    public Optional<ConsentRecord> find(Site site, String id) {
        return records.find(id)
                .filter(record -> repository.belongs(record.id(), site.id()).isPresent());
    }

    /** The site's record with this number. */
    public Optional<ConsentRecord> find(Site site, long seq) {
        return repository.findBySeq(site.id(), seq).map(ConsentRow::record);
    }

    public Optional<Tombstone> findTombstone(Site site, long seq) {
        return repository.findTombstone(site.id(), seq).map(TombstoneRow::tombstone);
    }

    /** At most {@code limit} of the site's tombstones below a number, newest first. */
    public List<Tombstone> tombstones(Site site, long below, int limit) {
        return repository.listTombstones(site.id(), below, limit).stream()
                .map(TombstoneRow::tombstone)
                .toList();
    }

    public Neighbours neighbours(Site site, ConsentRecord record) {
        byte[] subject = Base64.getUrlDecoder().decode(text(record, "subject").orElseThrow());
        ConsentRecord previous =
                repository
                        .findPrevious(site.id(), subject, record.seq())
                        .map(ConsentRow::record)
                        .orElse(null);
        ConsentRecord next =
                repository
                        .findNext(site.id(), subject, record.seq())
                        .map(ConsentRow::record)
                        .orElse(null);
        return new Neighbours(previous, next, previous != null && names(record, previous));
    }

    public Counts counts(Site site) {
        return new Counts(
                repository.findLastSeq(site.id()).orElse(0L),
                repository.countTombstones(site.id(), Counts.MANY + 1));
    }

    private static boolean names(ConsentRecord record, ConsentRecord previous) {
        String commitment =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(previous.commitment().bytes());
        return text(record, "previous").filter(commitment::equals).isPresent();
    }

    private static Optional<String> text(ConsentRecord record, String key) {
        return record.content().find(key).map(value -> ((JsonValue.Text) value).value());
    }
}
