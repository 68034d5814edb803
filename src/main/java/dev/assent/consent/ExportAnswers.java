// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Sends exports: as fast as they are read, and no faster. */
@Singleton
public final class ExportAnswers {
    static final String NDJSON = "application/x-ndjson";
    private static final String FIRST_SEQ = "Assent-First-Seq";
    private static final String LAST_SEQ = "Assent-Last-Seq";

    private final ConsentExport exports;
    private final Scheduler blocking;

    ExportAnswers(ConsentExport exports, @Named(TaskExecutors.BLOCKING) Executor blocking) {
        this.exports = exports;
        // Not as the service that it is: that would be interrupted in the middle of a statement.
        this.blocking = Schedulers.fromExecutor(blocking::execute);
    }

    /**
     * All of a site's records with their proofs, and its tombstones, as a download (export.md).
     *
     * @param from recorded at or after it; absent: since ever
     * @param to recorded before it; absent: until now
     */
    public HttpResponse<Publisher<byte[]>> answer(
            Site site, @Nullable Instant from, @Nullable Instant to) {
        return answer(new ConsentExport.Request(site, from, to, null));
    }

    HttpResponse<Publisher<byte[]>> answer(ConsentExport.Request request) {
        Site site = request.site();
        return exports.open(request)
                .map(stream -> answer(site, stream))
                .orElseGet(() -> attachment(site, "empty", Flux.empty()));
    }

    private HttpResponse<Publisher<byte[]>> answer(Site site, ExportStream stream) {
        ExportRange range = stream.range();
        return attachment(site, range.first() + "-" + range.last(), publish(stream))
                .header(FIRST_SEQ, Long.toString(range.first()))
                .header(LAST_SEQ, Long.toString(range.last()));
    }

    private static MutableHttpResponse<Publisher<byte[]>> attachment(
            Site site, String numbers, Publisher<byte[]> body) {
        String file = "assent-" + site.siteKey() + "-" + numbers + ".ndjson";
        return HttpResponse.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, NDJSON)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"");
    }

    /**
     * Reads a chunk when the server asks for one, which it does when it has sent the one before.
     */
    private Publisher<byte[]> publish(ExportStream stream) {
        return Flux.<byte[]>generate(
                        sink -> {
                            byte[] chunk = stream.read();
                            if (chunk.length == 0) {
                                sink.complete();
                            } else {
                                sink.next(chunk);
                            }
                        })
                .subscribeOn(blocking);
    }
}
