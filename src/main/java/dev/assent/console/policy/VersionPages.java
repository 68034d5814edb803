// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Html;
import dev.assent.site.PolicyDrafts;
import dev.assent.site.PolicyHistory;
import dev.assent.site.PolicyHistory.Listed;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;

/** The history of a site's policy, which never changes and outlives the site. */
@Controller("/console/sites/{siteKey}/versions")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class VersionPages {
    private final Html html;
    private final Sites sites;
    private final PolicyHistory history;
    private final PolicyDrafts drafts;

    VersionPages(Html html, Sites sites, PolicyHistory history, PolicyDrafts drafts) {
        this.html = html;
        this.sites = sites;
        this.history = history;
        this.drafts = drafts;
    }

    @Get
    HttpResponse<?> list(SignedIn me, String siteKey, @QueryValue(defaultValue = "") String done) {
        Site site = sites.requireKept(me.organizationId(), siteKey);
        boolean hasDraft =
                !site.isRemoved() && drafts.find(me.organizationId(), siteKey).isPresent();
        var page =
                new VersionsPage(
                        site,
                        history.versions(me.organizationId(), siteKey),
                        hasDraft,
                        Flash.of(done));
        return html.console(HttpStatus.OK, me, "policy/versions", page);
    }

    /** Where the form for choosing two versions leads. */
    @Get("/compare")
    HttpResponse<?> compare(
            SignedIn me,
            String siteKey,
            @QueryValue(defaultValue = "") String from,
            @QueryValue(defaultValue = "") String to) {
        String list = "/console/sites/" + siteKey(me, siteKey) + "/versions";
        boolean isChosen = !from.isEmpty() && !to.isEmpty();
        String pair = isChosen ? "/" + number(from) + "/diff/" + number(to) : "";
        return HttpResponse.seeOther(URI.create(list + pair));
    }

    @Get("/{version}")
    HttpResponse<?> read(SignedIn me, String siteKey, String version) {
        int number = number(version);
        List<Listed> versions = history.versions(me.organizationId(), siteKey);
        Listed found = require(versions, number);
        int before = versions.getLast().version() == number ? 0 : number - 1;
        var page =
                new VersionPage(
                        sites.requireKept(me.organizationId(), siteKey),
                        found,
                        before,
                        before == 0
                                ? List.of()
                                : history.changes(me.organizationId(), siteKey, before, number));
        return html.console(HttpStatus.OK, me, "policy/version", page);
    }

    @Get("/{from}/diff/{to}")
    HttpResponse<?> diff(SignedIn me, String siteKey, String from, String to) {
        List<Listed> versions = history.versions(me.organizationId(), siteKey);
        var page =
                new ChangesPage(
                        sites.requireKept(me.organizationId(), siteKey),
                        number(from),
                        number(to),
                        history.changes(me.organizationId(), siteKey, number(from), number(to)),
                        versions.stream().map(Listed::version).toList());
        return html.console(HttpStatus.OK, me, "policy/changed", page);
    }

    private static Listed require(List<Listed> versions, int number) {
        return versions.stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("policy version"));
    }

    private String siteKey(SignedIn me, String siteKey) {
        return sites.requireKept(me.organizationId(), siteKey).siteKey();
    }

    static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw ProblemException.notFound("policy version");
        }
        return Integer.parseInt(text);
    }
}
