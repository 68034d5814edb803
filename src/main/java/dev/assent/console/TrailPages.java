// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
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
import java.util.List;

/** Who did what and when; for owners, and for auditors, who are here to see it. */
@Controller("/console/trail")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class TrailPages {
    private static final int A_PAGE = 50;

    private final Html html;
    private final Trail trail;

    TrailPages(Html html, Trail trail) {
        this.html = html;
        this.trail = trail;
    }

    @Get
    HttpResponse<?> list(SignedIn me, @QueryValue(defaultValue = "") String before) {
        List<Trail.Event> found = trail.list(me.organizationId(), id(before), A_PAGE + 1);
        boolean more = found.size() > A_PAGE;
        List<Trail.Event> events = more ? found.subList(0, A_PAGE) : found;
        String older = more ? "/console/trail?before=" + events.getLast().id() : "";
        return html.console(HttpStatus.OK, me, "trail", new TrailPage(events, older));
    }

    private static long id(String before) {
        if (before.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!before.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound("page");
        }
        return Long.parseLong(before);
    }
}
