// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.consent.ConsentRecord;
import dev.assent.consent.DpvView;
import dev.assent.consent.OperatorErasure;
import dev.assent.consent.Receipts;
import dev.assent.consent.SiteRecords;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.Moments;
import dev.assent.console.OwnSites;
import dev.assent.receipt.CanonicalJson;
import dev.assent.site.Site;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One record of a site, or what is left of it. */
@Controller("/console/sites/{siteKey}/records/{id}")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class RecordPages {
    private static final int MAX_REASON = 200;

    private final Html html;
    private final OwnSites sites;
    private final SiteRecords records;
    private final RecordReader reader;
    private final Receipts receipts;
    private final DpvView dpv;
    private final OperatorErasure erasure;

    RecordPages(
            Html html,
            OwnSites sites,
            SiteRecords records,
            RecordReader reader,
            Receipts receipts,
            DpvView dpv,
            OperatorErasure erasure) {
        this.html = html;
        this.sites = sites;
        this.records = records;
        this.reader = reader;
        this.receipts = receipts;
        this.dpv = dpv;
        this.erasure = erasure;
    }

    /** By id; by number too, which is all that an erased record has left. */
    @Get
    HttpResponse<?> show(SignedIn me, @PathVariable String siteKey, @PathVariable String id) {
        Site site = sites.require(me, siteKey);
        if (id.matches("[1-9][0-9]{0,17}")) {
            return byNumber(me, site, Long.parseLong(id));
        }
        return page(HttpStatus.OK, me, site, require(site, id), Form.EMPTY, FormFault.NONE);
    }

    /** Record, receipt, artefact and key in one, for verifiers. */
    @Get("/bundle.json")
    @Produces(MediaType.ALL)
    HttpResponse<?> bundle(SignedIn me, @PathVariable String siteKey, @PathVariable String id) {
        ConsentRecord record = require(sites.require(me, siteKey), id);
        return receipts.bundle(record, null)
                .<HttpResponse<?>>map(bundle ->
                        HttpResponse.ok(CanonicalJson.write(bundle.json()))
                                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        "attachment; filename=\"assent-" + id + ".json\""))
                .orElseThrow(() -> ProblemException.notFound("proof"));
    }

    @Post("/erase")
    @Allowed(Role.EDITOR)
    HttpResponse<?> erase(
            SignedIn me, @PathVariable String siteKey, @PathVariable String id, Form form) {
        Site site = sites.require(me, siteKey);
        ConsentRecord record = require(site, id);
        try {
            confirm(record, form.text("number"));
            if (!erasure.erase(me, site, record, reason(form.text("reason")))) {
                throw ProblemException.notFound("record");
            }
        } catch (Refusal refusal) {
            return page(
                    HttpStatus.UNPROCESSABLE_ENTITY, me, site, record, form, FormFault.of(refusal));
        }
        return HttpResponse.seeOther(address(site, Long.toString(record.seq())));
    }

    private HttpResponse<?> byNumber(SignedIn me, Site site, long seq) {
        return records.find(site, seq)
                .<HttpResponse<?>>map(
                        record -> HttpResponse.seeOther(address(site, record.id().toString())))
                .or(() -> records.findTombstone(site, seq).map(it -> gone(me, site, it)))
                .orElseThrow(() -> ProblemException.notFound("record"));
    }

    private HttpResponse<?> gone(SignedIn me, Site site, SiteRecords.Tombstone tombstone) {
        var page =
                new ErasedRecordPage(
                        site,
                        tombstone.seq(),
                        Moments.of(tombstone.erasedAt()),
                        RecordWords.why(tombstone.reason()),
                        tombstone.reason(),
                        tombstone.index(),
                        tombstone.statement());
        return html.console(HttpStatus.OK, me, "recorderased", page);
    }

    private HttpResponse<?> page(
            HttpStatus status,
            SignedIn me,
            Site site,
            ConsentRecord record,
            Form typed,
            FormFault fault) {
        SiteRecords.Neighbours neighbours = records.neighbours(site, record);
        ConsentRecord previous = neighbours.previous();
        ConsentRecord next = neighbours.next();
        var page =
                new RecordPage(
                        site,
                        reader.read(record),
                        record.commitment().hex(),
                        new String(dpv.of(record), StandardCharsets.UTF_8),
                        RecordWords.replay(record),
                        previous == null ? null : RecordWords.neighbour(previous),
                        next == null ? null : RecordWords.neighbour(next),
                        neighbours.committed(),
                        typed,
                        fault);
        return html.console(status, me, "record", page);
    }

    private ConsentRecord require(Site site, String id) {
        return records.find(site, id).orElseThrow(() -> ProblemException.notFound("record"));
    }

    private static void confirm(ConsentRecord record, String typed) {
        if (!typed.strip().equals(Long.toString(record.seq()))) {
            throw new Refusal("number", "Type the record’s number, as it stands above.");
        }
    }

    private static String reason(String typed) {
        String reason = typed.strip();
        boolean control = reason.chars().anyMatch(Character::isISOControl);
        if (reason.isEmpty() || control || reason.codePointCount(0, reason.length()) > MAX_REASON) {
            throw new Refusal("reason", "Say why, in at most 200 characters on one line.");
        }
        return reason;
    }

    private static URI address(Site site, String id) {
        return URI.create("/console/sites/" + site.siteKey() + "/records/" + id);
    }
}
