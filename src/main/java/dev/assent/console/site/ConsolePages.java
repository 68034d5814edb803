// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.console.Html;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** Where one arrives. */
@Controller("/console")
@Allowed(Role.AUDITOR)
@Produces(Html.TYPE)
@Hidden
class ConsolePages {

    @Get
    HttpResponse<?> home() {
        return HttpResponse.seeOther(URI.create(SiteListPages.HERE));
    }
}
