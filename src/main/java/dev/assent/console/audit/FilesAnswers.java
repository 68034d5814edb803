// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Refusal;
import dev.assent.audit.AuditScope;
import dev.assent.audit.EvidencePack;
import dev.assent.audit.EvidencePacks;
import dev.assent.audit.Report;
import dev.assent.audit.Samples;
import dev.assent.consent.ConsentExport;
import dev.assent.consent.ExportStream;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.log.SignedCheckpoint;
import dev.assent.receipt.Sample;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Gives evidence to take home: every record with its proof, or all of it as an archive. */
@Singleton
final class FilesAnswers {
    private static final Refusal EMPTY =
            new Refusal("", "Nothing was recorded in these days: there is nothing to take home.");

    private final Html html;
    private final ConsentExport exports;
    private final EvidencePacks packs;
    private final Samples samples;
    private final SampleAnswers drawing;
    private final Download download;
    private final AuditTrail trail;

    FilesAnswers(
            Html html,
            ConsentExport exports,
            EvidencePacks packs,
            Samples samples,
            SampleAnswers drawing,
            Download download,
            AuditTrail trail) {
        this.html = html;
        this.exports = exports;
        this.packs = packs;
        this.samples = samples;
        this.drawing = drawing;
        this.download = download;
        this.trail = trail;
    }

    HttpResponse<?> show(Audit audit, HttpRequest<?> request) {
        return page(HttpStatus.OK, audit, request, FormFault.NONE);
    }

    /** Every number of the days asked for, each with its proof. */
    HttpResponse<?> records(Audit audit, HttpRequest<?> request) {
        try {
            AuditScope scope = scope(audit, request);
            var wish = new ConsentExport.Request(scope.site(), scope.from(), scope.to(), null);
            ExportStream lines = exports.open(wish).orElseThrow(() -> EMPTY);
            trail.note(audit, "records-exported", "with proofs");
            String numbers = lines.range().first() + "-" + lines.range().last();
            return download.of(name(audit, numbers, "ndjson"), lines);
        } catch (Refusal refusal) {
            return again(audit, request, refusal);
        }
    }

    /** The archive; with a sample in it if a seed is named. */
    HttpResponse<?> pack(Audit audit, HttpRequest<?> request) {
        try {
            AuditScope scope = scope(audit, request);
            EvidencePack pack =
                    packs.open(scope, sample(audit, scope, request), this::draw)
                            .orElseThrow(() -> EMPTY);
            trail.note(audit, "evidence-packed", "to be taken home");
            String numbers = pack.range().first() + "-" + pack.range().last();
            return download.of(name(audit, numbers, "zip"), "application/zip", pack::read);
        } catch (Refusal refusal) {
            return again(audit, request, refusal);
        }
    }

    private byte[] draw(Report report) {
        return html.document("audit/report", report);
    }

    private @Nullable Sample sample(Audit audit, AuditScope scope, HttpRequest<?> request) {
        if (Typed.parameter(request, "seed").isEmpty()) {
            return null;
        }
        var narrower = new Audit(audit.me(), audit.guest(), scope, audit.base());
        return drawing.draw(narrower, request);
    }

    private static AuditScope scope(Audit audit, HttpRequest<?> request) {
        return audit.scope()
                .within(
                        Typed.day("from", Typed.parameter(request, "from"), 0),
                        Typed.day("to", Typed.parameter(request, "to"), 1));
    }

    private static String name(Audit audit, String numbers, String kind) {
        return "assent-" + audit.site().siteKey() + "-" + numbers + "." + kind;
    }

    private HttpResponse<?> again(Audit audit, HttpRequest<?> request, Refusal refusal) {
        return page(HttpStatus.UNPROCESSABLE_ENTITY, audit, request, FormFault.of(refusal));
    }

    private HttpResponse<?> page(
            HttpStatus status, Audit audit, HttpRequest<?> request, FormFault fault) {
        long served = samples.checkpoint().map(SignedCheckpoint::size).orElse(0L);
        String size = Typed.parameter(request, "size");
        String count = Typed.parameter(request, "count");
        var page =
                new FilesPage(
                        audit,
                        Typed.parameter(request, "from"),
                        Typed.parameter(request, "to"),
                        size.isEmpty() && served > 0 ? Long.toString(served) : size,
                        Typed.parameter(request, "seed"),
                        count.isEmpty() ? "20" : count,
                        served,
                        fault);
        return html.form(status, "audit/files", page).contentType(Html.TYPE);
    }
}
