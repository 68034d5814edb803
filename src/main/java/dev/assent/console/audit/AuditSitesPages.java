// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Html;
import dev.assent.site.OperatedSites;
import dev.assent.site.Site;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.ArrayList;
import java.util.List;

/** Which site is to be audited; removed ones too, for they keep their evidence. */
@Controller("/console/audit")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class AuditSitesPages {
    private final Html html;
    private final OperatedSites sites;

    AuditSitesPages(Html html, OperatedSites sites) {
        this.html = html;
        this.sites = sites;
    }

    @Get
    HttpResponse<?> list(SignedIn me) {
        List<Site> all = new ArrayList<>(sites.list(me));
        all.addAll(sites.removed(me));
        return html.console(HttpStatus.OK, me, "audit/sites", all);
    }
}
