// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.consent.ExportStream;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Sends files: as fast as they are made, and no faster. */
@Singleton
final class Download {
    private final Scheduler blocking;

    Download(@Named(TaskExecutors.BLOCKING) Executor blocking) {
        // Not as the service that it is: that would be interrupted in the middle of a statement.
        this.blocking = Schedulers.fromExecutor(blocking::execute);
    }

    /** A file that is there already. */
    MutableHttpResponse<byte[]> of(String name, String type, byte[] bytes) {
        return headers(HttpResponse.ok(bytes), name, type);
    }

    /**
     * A file that is made while it is sent.
     *
     * @param pieces of the file one after the other, an empty one after the last
     */
    MutableHttpResponse<Publisher<byte[]>> of(String name, String type, Supplier<byte[]> pieces) {
        Publisher<byte[]> body =
                Flux.<byte[]>generate(
                                sink -> {
                                    byte[] piece = pieces.get();
                                    if (piece.length == 0) {
                                        sink.complete();
                                    } else {
                                        sink.next(piece);
                                    }
                                })
                        .subscribeOn(blocking);
        return headers(HttpResponse.ok(body), name, type);
    }

    /** Lines of an export; the headers say how many numbers come. */
    MutableHttpResponse<Publisher<byte[]>> of(String name, ExportStream lines) {
        return of(name, "application/x-ndjson", lines::read)
                .header("Assent-First-Seq", Long.toString(lines.range().first()))
                .header("Assent-Last-Seq", Long.toString(lines.range().last()));
    }

    private static <T> MutableHttpResponse<T> headers(
            MutableHttpResponse<T> answer, String name, String type) {
        return answer.header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }
}
