// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.consent.ConsentRecord;
import dev.assent.consent.RecordSearch;
import dev.assent.consent.SiteRecords;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.OwnSites;
import dev.assent.site.Artefacts;
import dev.assent.site.Site;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A site's records, to be searched; also of a site that is removed, while it keeps any. */
@Controller("/console/sites/{siteKey}/records")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class RecordListPages {
    private static final int A_PAGE = 50;

    private final Html html;
    private final OwnSites sites;
    private final RecordSearch search;
    private final SiteRecords records;
    private final Artefacts artefacts;

    RecordListPages(
            Html html,
            OwnSites sites,
            RecordSearch search,
            SiteRecords records,
            Artefacts artefacts) {
        this.html = html;
        this.sites = sites;
        this.search = search;
        this.records = records;
        this.artefacts = artefacts;
    }

    @Get
    HttpResponse<?> list(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        Site site = sites.require(me, siteKey);
        RecordQuery query = query(request);
        try {
            if (!query.q().isEmpty()) {
                return HttpResponse.seeOther(find(site, query.q()));
            }
            RecordsPage page = query.asksForErased() ? erased(site, query) : found(site, query);
            return html.console(HttpStatus.OK, me, "records", page);
        } catch (Refusal refusal) {
            RecordsPage again = page(site, query, List.of(), "", "", FormFault.of(refusal));
            return html.console(HttpStatus.UNPROCESSABLE_ENTITY, me, "records", again);
        }
    }

    static RecordQuery query(HttpRequest<?> request) {
        return RecordQuery.of(name -> request.getParameters().get(name, String.class).orElse(""));
    }

    /** Where {@code query} is answered. */
    static URI address(Site site, RecordQuery query) {
        return URI.create("/console/sites/" + site.siteKey() + "/records?" + query.everything());
    }

    private URI find(Site site, String q) {
        boolean isThere =
                q.matches("[1-9][0-9]{0,17}")
                        ? isThere(site, Long.parseLong(q))
                        : records.find(site, q).isPresent();
        if (!isThere) {
            throw new Refusal(
                    "q",
                    "This site has no such record. An erased one is found by its number alone.");
        }
        return URI.create("/console/sites/" + site.siteKey() + "/records/" + q);
    }

    private boolean isThere(Site site, long seq) {
        return records.find(site, seq).isPresent() || records.findTombstone(site, seq).isPresent();
    }

    private RecordsPage found(Site site, RecordQuery query) {
        RecordSearch.Page found = search.page(site, query.search(), A_PAGE);
        boolean partly = found.next() != null && found.records().size() < A_PAGE;
        String looked =
                partly ? "Looked through all numbers down to " + found.lowest() + " so far." : "";
        String older =
                Optional.ofNullable(found.next())
                        .map(next -> address(site, query, next))
                        .orElse("");
        return page(site, query, found.records(), looked, older, FormFault.NONE);
    }

    private RecordsPage erased(Site site, RecordQuery query) {
        List<SiteRecords.Tombstone> found = records.tombstones(site, query.seq(), A_PAGE + 1);
        boolean more = found.size() > A_PAGE;
        List<SiteRecords.Tombstone> shown = more ? found.subList(0, A_PAGE) : found;
        return new RecordsPage(
                site,
                query,
                records.counts(site),
                List.of(),
                shown.stream().map(RecordWords::gone).toList(),
                List.of(),
                "",
                more ? address(site, query, shown.getLast().seq()) : "",
                FormFault.NONE);
    }

    private RecordsPage page(
            Site site,
            RecordQuery query,
            List<ConsentRecord> found,
            String looked,
            String older,
            FormFault fault) {
        RequiredPurposes required = new RequiredPurposes(artefacts);
        return new RecordsPage(
                site,
                query,
                records.counts(site),
                found.stream().map(it -> RecordWords.row(it, required.of(it))).toList(),
                List.of(),
                found.stream().flatMap(RecordListPages::purposes).distinct().sorted().toList(),
                looked,
                older,
                fault);
    }

    private static Stream<String> purposes(ConsentRecord record) {
        return Stream.of(true, false).flatMap(on -> RecordWords.purposes(record, on).stream());
    }

    private static String address(Site site, RecordQuery query, long below) {
        return "/console/sites/" + site.siteKey() + "/records?" + query.below(below);
    }
}
