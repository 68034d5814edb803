// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.audit.AuditScope;
import dev.assent.audit.Samples;
import dev.assent.audit.ShareLink;
import dev.assent.audit.ShareLinks;
import dev.assent.consent.ExportRange;
import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import dev.assent.console.Html;
import dev.assent.console.Moments;
import dev.assent.console.audit.AuditHomePage.Link;
import dev.assent.console.audit.AuditHomePage.Wish;
import dev.assent.log.SignedCheckpoint;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** The first page of an audit. */
@Singleton
final class HomeAnswers {
    private final Html html;
    private final Samples samples;
    private final ShareLinks links;
    private final InstantSource clock;

    HomeAnswers(Html html, Samples samples, ShareLinks links, InstantSource clock) {
        this.html = html;
        this.samples = samples;
        this.links = links;
        this.clock = clock;
    }

    /** As a guest sees it. */
    MutableHttpResponse<byte[]> show(Audit audit) {
        return show(audit, Handed.NONE, Flash.NONE);
    }

    MutableHttpResponse<byte[]> show(Audit audit, Handed made, Flash flash) {
        return page(HttpStatus.OK, audit, made, Wish.NONE, flash, FormFault.NONE);
    }

    MutableHttpResponse<byte[]> again(Audit audit, Wish wish, FormFault fault) {
        HttpStatus status = HttpStatus.UNPROCESSABLE_ENTITY;
        return page(status, audit, Handed.NONE, wish, Flash.NONE, fault);
    }

    private MutableHttpResponse<byte[]> page(
            HttpStatus status, Audit audit, Handed made, Wish wish, Flash flash, FormFault fault) {
        SignedCheckpoint checkpoint = samples.checkpoint().orElse(null);
        ExportRange numbers =
                checkpoint == null
                        ? new ExportRange(1, 0)
                        : samples.numbers(audit.scope(), checkpoint.size());
        var page =
                new AuditHomePage(
                        audit, checkpoint, numbers, list(audit), made, wish, flash, fault);
        return html.form(status, "audit/home", page);
    }

    private List<Link> list(Audit audit) {
        return audit.me() == null
                ? List.of()
                : links.list(audit.site()).stream().map(it -> link(audit, it)).toList();
    }

    private Link link(Audit audit, ShareLink link) {
        String state = link.isLive(clock.instant()) ? "open" : "expired";
        return new Link(
                link.id(),
                link.label(),
                Audit.span(new AuditScope(audit.site(), link.from(), link.to())),
                link.madeBy(),
                Moments.toTheMinute(link.expiresAt()),
                link.revokedAt() == null ? state : "ended",
                link.uses(),
                link.lastUsedAt() == null ? null : Moments.toTheMinute(link.lastUsedAt()));
    }
}
