// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Refusal;
import dev.assent.audit.Drawn;
import dev.assent.audit.Samples;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.Moments;
import dev.assent.log.SignedCheckpoint;
import dev.assent.receipt.Sample;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws samples, shows them, and gives them out as files. */
@Singleton
final class SampleAnswers {
    private static final String DEFAULT_COUNT = "20";

    private final Html html;
    private final Samples samples;
    private final Download download;
    private final AuditTrail trail;

    SampleAnswers(Html html, Samples samples, Download download, AuditTrail trail) {
        this.html = html;
        this.samples = samples;
        this.download = download;
        this.trail = trail;
    }

    /** The form; with a seed in the address, what it draws. */
    HttpResponse<?> show(Audit audit, HttpRequest<?> request) {
        if (!request.getParameters().contains("seed")) {
            return page(HttpStatus.OK, audit, request, null, List.of(), FormFault.NONE);
        }
        try {
            Sample sample = draw(audit, request);
            List<Drawn> drawn = samples.look(audit.scope(), sample);
            note(audit, sample);
            return page(HttpStatus.OK, audit, request, sample, drawn, FormFault.NONE);
        } catch (Refusal refusal) {
            FormFault fault = FormFault.of(refusal);
            return page(HttpStatus.UNPROCESSABLE_ENTITY, audit, request, null, List.of(), fault);
        }
    }

    /**
     * What is drawn as a file.
     *
     * @param kind {@code csv}, {@code json} or {@code ndjson}
     * @return what says why it cannot be drawn, if it cannot
     * @throws ProblemException 404 for another kind
     */
    HttpResponse<?> file(Audit audit, HttpRequest<?> request, String kind) {
        Sample sample;
        try {
            sample = draw(audit, request);
        } catch (Refusal refusal) {
            return HttpResponse.seeOther(back(audit, request));
        }
        String name = "assent-" + sample.site() + "-sample-" + sample.size() + "." + kind;
        return switch (kind) {
            case "csv" ->
                    download.of(
                            name,
                            "text/csv; charset=utf-8",
                            SampleFiles.csv(samples.look(audit.scope(), sample)));
            case "json" ->
                    download.of(
                            name,
                            "application/json",
                            SampleFiles.json(sample, samples.look(audit.scope(), sample)));
            case "ndjson" ->
                    download.of(
                            name,
                            "application/x-ndjson",
                            SampleFiles.ndjson(sample, samples.open(audit.scope(), sample)));
            default -> throw ProblemException.notFound("sample");
        };
    }

    /** The page that tells what is wrong with what was asked for. */
    private static URI back(Audit audit, HttpRequest<?> request) {
        String query = request.getUri().getRawQuery();
        return URI.create(audit.base() + "/sample" + (query == null ? "" : "?" + query));
    }

    /** Reads size, seed and count from the address, and draws. */
    Sample draw(Audit audit, HttpRequest<?> request) {
        long size =
                Typed.number(
                        "size",
                        Typed.parameter(request, "size"),
                        "Give the size of a checkpoint: the second line of its text.");
        long count =
                Typed.number(
                        "count",
                        Typed.parameter(request, "count"),
                        "Give a number of records from 1 to " + Sample.MAX_COUNT + ".");
        String seed = Typed.parameter(request, "seed");
        return samples.draw(audit.scope(), size, seed, (int) Math.min(count, Integer.MAX_VALUE));
    }

    private void note(Audit audit, Sample sample) {
        String words = " records under size %d by the seed “%s”";
        trail.note(
                audit,
                "sample-drawn",
                sample.count() + words.formatted(sample.size(), sample.seed()));
    }

    private HttpResponse<?> page(
            HttpStatus status,
            Audit audit,
            HttpRequest<?> request,
            @Nullable Sample sample,
            List<Drawn> drawn,
            FormFault fault) {
        long served = samples.checkpoint().map(SignedCheckpoint::size).orElse(0L);
        String size = Typed.parameter(request, "size");
        String count = Typed.parameter(request, "count");
        var page =
                new SamplePage(
                        audit,
                        size.isEmpty() && served > 0 ? Long.toString(served) : size,
                        Typed.parameter(request, "seed"),
                        count.isEmpty() ? DEFAULT_COUNT : count,
                        served,
                        sample,
                        drawn.stream().map(SampleAnswers::row).toList(),
                        fault);
        return html.form(status, "audit/sample", page);
    }

    private static SamplePage.Row row(Drawn drawn) {
        return new SamplePage.Row(
                drawn.seq(),
                drawn.id(),
                Words.of(drawn.what()),
                Moments.of(drawn.at()),
                drawn.index(),
                drawn.proven());
    }
}
