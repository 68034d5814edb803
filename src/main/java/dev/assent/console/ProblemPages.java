// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.web.ProblemException;
import dev.assent.web.ProblemType;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;

/** What the types of problems mean: where {@code type} of every problem leads. */
@Controller("/problems")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class ProblemPages {
    private final Html html;

    ProblemPages(Html html) {
        this.html = html;
    }

    @Get
    @Produces(Html.TYPE)
    HttpResponse<byte[]> list() {
        return html.still(HttpStatus.OK, "problems", List.of(ProblemType.values()));
    }

    @Get("/{code}")
    @Produces(Html.TYPE)
    HttpResponse<byte[]> show(@PathVariable String code) {
        ProblemType type =
                ProblemType.named(code)
                        .orElseThrow(() -> ProblemException.notFound("type of problem"));
        return html.still(HttpStatus.OK, "problems", List.of(type));
    }
}
