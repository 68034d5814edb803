// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.log.LogSnapshot;
import dev.assent.log.LogSnapshots;
import dev.assent.site.Artefacts;
import dev.assent.site.Site;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All records of a site, each with its proof, and the tombstones between them: for an auditor, who
 * then sees that none is missing.
 *
 * <p>An export lies under the one checkpoint that is served when it begins, and its last number is
 * fixed then. It is read page by page, each in a transaction of its own that is over before a byte
 * of it is sent: however slowly it is fetched, it holds no connection, keeps no old row from being
 * cleaned up, locks nothing, and is in memory only as a page and some tiles.
 *
 * <p>A record that is erased before its page is read is exported as the tombstone that it is by
 * then. Only where the erasure is newer than the checkpoint the export goes on, from that page,
 * under the newest one, for which it waits if need be.
 */
@Singleton
public class ConsentExport {
    /** The longest interval of checkpoints, the patience with witnesses, and some more. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final LogSnapshots log;
    private final ExportPages pages;
    private final Artefacts artefacts;

    ConsentExport(LogSnapshots log, ExportPages pages, Artefacts artefacts) {
        this.log = log;
        this.pages = pages;
        this.artefacts = artefacts;
    }

    /**
     * What is to be exported.
     *
     * @param from recorded at or after it; absent: since ever
     * @param to recorded before it; absent: until now
     * @param since size of a checkpoint kept earlier, from which growth is to be proved
     */
    public record Request(
            Site site, @Nullable Instant from, @Nullable Instant to, @Nullable Long since) {}

    /**
     * Begins an export.
     *
     * @return empty if there is nothing to export
     * @throws ProblemException 422 if the log has not had the size that growth is to be proved from
     */
    public Optional<ExportStream> open(Request request) {
        Optional<LogSnapshot> served = log.served();
        long size = served.map(snapshot -> snapshot.checkpoint().size()).orElse(0L);
        requireHad(request.since(), size);
        ExportRange range = pages.range(request.site(), size, request.from(), request.to());
        return served.filter(snapshot -> !range.isEmpty())
                .map(snapshot -> stream(request, range, snapshot));
    }

    /**
     * The numbers that an export of this span of time would bring under the checkpoint of {@code
     * size}; empty if there are none.
     *
     * @param size at most that of the checkpoint that is served
     */
    public ExportRange numbers(Site site, long size, @Nullable Instant from, @Nullable Instant to) {
        return pages.range(site, size, from, to);
    }

    /** What {@code before} brings once more, under the same checkpoint. */
    public ExportStream again(Site site, ExportStream before) {
        return stream(all(site), before.range(), before.log());
    }

    /**
     * Every number of a range; empty before the first checkpoint.
     *
     * @param range of numbers that the site has, with the last covered by the served checkpoint
     */
    public Optional<ExportStream> stretch(Site site, ExportRange range) {
        return log.served().map(snapshot -> stream(all(site), range, snapshot));
    }

    /**
     * Some numbers out of a range; empty before the first checkpoint.
     *
     * @param numbers ascending, each in {@code range}
     */
    public Optional<ExportStream> some(Site site, ExportRange range, List<Long> numbers) {
        return log.served()
                .map(snapshot ->
                        new ExportStream(
                                this,
                                all(site),
                                range,
                                snapshot,
                                IntStream.iterate(
                                                0,
                                                at -> at < numbers.size(),
                                                at -> at + ExportPages.LENGTH)
                                        .mapToObj(at ->
                                                numbers.subList(
                                                        at,
                                                        Math.min(
                                                                numbers.size(),
                                                                at + ExportPages.LENGTH)))
                                        .map(few -> pages.some(site, few))
                                        .iterator()));
    }

    private static Request all(Site site) {
        return new Request(site, null, null, null);
    }

    private ExportStream stream(Request request, ExportRange range, LogSnapshot snapshot) {
        Iterator<List<ExportRow>> rows =
                Stream.iterate(
                                range.first(),
                                first -> first <= range.last(),
                                first -> first + ExportPages.LENGTH)
                        .map(first -> pages.page(request.site(), first, range.last()))
                        .iterator();
        return new ExportStream(this, request, range, snapshot, rows);
    }

    /** Ready to make lines under this checkpoint, the first of which proves growth if asked to. */
    ExportProofs proofs(Request request, LogSnapshot snapshot) {
        var proofs = new ExportProofs(request.site().siteKey(), snapshot, artefacts);
        if (request.since() != null) {
            proofs.proveGrowth(request.since());
        }
        return proofs;
    }

    /**
     * The same under the first checkpoint to be served that covers these rows.
     *
     * @throws ProblemException 503 if there is none for long
     */
    ExportProofs proofsCovering(Request request, List<ExportRow> rows) {
        for (Duration waited = Duration.ZERO;
                waited.compareTo(PATIENCE) < 0;
                waited = waited.plus(PAUSE)) {
            ExportProofs proofs = proofs(request, log.served().orElseThrow());
            if (proofs.cover(rows)) {
                return proofs;
            }
            pause();
        }
        throw ProblemException.unavailable(
                "No signed checkpoint covers the newest erasure yet. Try again later.", PATIENCE);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the export was interrupted", e);
        }
    }

    private static void requireHad(@Nullable Long since, long size) {
        if (since != null && (since < 0 || since > size)) {
            throw OperatorQuery.fault(
                    "since", "expected a size that the log has had, at most " + size);
        }
    }
}
