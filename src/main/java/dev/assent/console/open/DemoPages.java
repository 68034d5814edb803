// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.open;

import dev.assent.console.ErrorPage;
import dev.assent.console.Html;
import dev.assent.site.DemoSite;
import dev.assent.site.Site;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;

/** A page with the banner on it, for the first minute. */
@Controller("/demo")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class DemoPages {
    private static final ErrorPage REMOVED =
            new ErrorPage(
                    404,
                    "The demonstration has been put away",
                    "The site that it was made with has been removed. Everything else works as before.",
                    null);

    private final Html html;
    private final DemoSite demo;

    DemoPages(Html html, DemoSite demo) {
        this.html = html;
        this.demo = demo;
    }

    @Get
    @Produces(Html.TYPE)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> shop() {
        return demo.find()
                .map(Site::siteKey)
                .map(siteKey -> html.live(HttpStatus.OK, "demo", DemoPage.of(siteKey)))
                .orElseGet(() -> html.still(HttpStatus.NOT_FOUND, "problem", REMOVED));
    }

    /** What the shop embeds and the widget holds back. */
    @Get("/map")
    @Produces(Html.TYPE)
    HttpResponse<byte[]> map() {
        return html.live(HttpStatus.OK, "map", "");
    }
}
