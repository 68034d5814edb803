// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Refusal;
import dev.assent.audit.Completeness;
import dev.assent.audit.Stretch;
import dev.assent.consent.ExportStream;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers whether records are missing between two receipts. */
@Singleton
final class BetweenAnswers {
    private static final String NONE = "expected a number";

    private final Html html;
    private final Completeness completeness;
    private final Download download;
    private final AuditTrail trail;

    BetweenAnswers(Html html, Completeness completeness, Download download, AuditTrail trail) {
        this.html = html;
        this.completeness = completeness;
        this.download = download;
        this.trail = trail;
    }

    HttpResponse<?> show(Audit audit) {
        return page(HttpStatus.OK, audit, "", "", null, FormFault.NONE);
    }

    HttpResponse<?> ask(Audit audit, Form form) {
        String one = form.text("one");
        String other = form.text("other");
        try {
            Stretch stretch = completeness.between(audit.scope(), one, other);
            return page(HttpStatus.OK, audit, one, other, stretch, FormFault.NONE);
        } catch (Refusal refusal) {
            FormFault fault = FormFault.of(refusal);
            return page(HttpStatus.UNPROCESSABLE_ENTITY, audit, one, other, null, fault);
        }
    }

    /**
     * Every number between two, each with its proof; the form, if they are none of those that may
     * be seen.
     */
    HttpResponse<?> file(Audit audit, HttpRequest<?> request) {
        final long first;
        final long last;
        try {
            first = Typed.number("first", Typed.parameter(request, "first"), NONE);
            last = Typed.number("last", Typed.parameter(request, "last"), NONE);
        } catch (Refusal refusal) {
            return back(audit);
        }
        return completeness
                .open(audit.scope(), first, last)
                .<HttpResponse<?>>map(lines -> send(audit, first, last, lines))
                .orElseGet(() -> back(audit));
    }

    private static HttpResponse<?> back(Audit audit) {
        return HttpResponse.seeOther(URI.create(audit.base() + "/between"));
    }

    private HttpResponse<?> send(Audit audit, long first, long last, ExportStream lines) {
        trail.note(audit, "records-exported", "numbers " + first + " to " + last);
        String name = "assent-" + audit.site().siteKey() + "-" + first + "-" + last + ".ndjson";
        return download.of(name, lines);
    }

    private HttpResponse<?> page(
            HttpStatus status,
            Audit audit,
            String one,
            String other,
            @Nullable Stretch stretch,
            FormFault fault) {
        List<String> faults =
                stretch == null
                        ? List.of()
                        : stretch.faults().stream().map(BetweenAnswers::words).toList();
        var page = new BetweenPage(audit, one, other, stretch, faults, fault);
        return html.form(status, "audit/between", page);
    }

    private static String words(Stretch.Fault fault) {
        boolean one = fault.first() == fault.last();
        String which =
                one
                        ? "Number " + fault.first()
                        : "Numbers " + fault.first() + " to " + fault.last();
        return which
                + switch (fault.kind()) {
                    case MISSING ->
                            (one ? " is" : " are")
                                    + " missing: neither a record nor a tombstone is there.";
                    case OUT_OF_ORDER ->
                            " stands in the log before the entry of the number before it.";
                    case UNSTATED -> " is erased, but no statement in the log names it.";
                    case MOVED -> " stands at another place in the log than the receipt proves.";
                };
    }
}
