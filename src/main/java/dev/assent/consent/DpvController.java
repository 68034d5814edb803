// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.ProblemException;
import dev.assent.web.PublicUrl;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;

/**
 * A record as linked data, on the path where it is JSON and a page too. {@link ConsentController}
 * tells the API's document of it.
 */
@Controller("/v1/consents")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class DpvController {
    static final String TYPE = "application/ld+json";

    private final ConsentRecords records;
    private final DpvView view;
    private final PublicUrl url;

    DpvController(ConsentRecords records, DpvView view, PublicUrl url) {
        this.records = records;
        this.view = view;
        this.url = url;
    }

    @Get("/{id}")
    @Produces(TYPE)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> read(@PathVariable String id) {
        ConsentRecord record =
                records.find(id).orElseThrow(() -> ProblemException.notFound("record"));
        return HttpResponse.ok(view.of(record))
                .contentType(TYPE)
                .header(
                        HttpHeaders.LINK,
                        "<" + url.of(record.artefactPath()) + ">; rel=\"describedby\"");
    }
}
