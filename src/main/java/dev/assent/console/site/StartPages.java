// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.console.Html;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;

/** The first page. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class StartPages {
    private final Html html;

    StartPages(Html html) {
        this.html = html;
    }

    @Get
    @Produces(Html.TYPE)
    HttpResponse<byte[]> start() {
        return html.still(HttpStatus.OK, "start", "");
    }
}
