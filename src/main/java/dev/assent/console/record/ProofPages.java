// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.consent.ConsentRecord;
import dev.assent.consent.ConsentRecords;
import dev.assent.console.ErrorPage;
import dev.assent.console.Html;
import dev.assent.web.PublicUrl;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;

/** A consent record as a page, on the path where programs find it as JSON. */
@Controller("/v1/consents")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class ProofPages {
    /** The same for what never was, what is no id, and what has been erased. */
    private static final ErrorPage NONE =
            new ErrorPage(
                    404,
                    "There is no such record",
                    "Perhaps the address is not complete, or the choice has not reached this service"
                            + " yet, or the record has been erased. An erased record leaves nothing"
                            + " behind that could be shown here.",
                    null);

    private final ConsentRecords records;
    private final RecordReader reader;
    private final PublicUrl url;
    private final Html html;

    ProofPages(ConsentRecords records, RecordReader reader, PublicUrl url, Html html) {
        this.records = records;
        this.reader = reader;
        this.url = url;
        this.html = html;
    }

    @Get("/{id}")
    @Produces(Html.TYPE)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> show(@PathVariable String id) {
        return records.find(id)
                .map(this::answer)
                .orElseGet(() -> html.still(HttpStatus.NOT_FOUND, "problem", NONE));
    }

    private MutableHttpResponse<byte[]> answer(ConsentRecord record) {
        String artefact = url.of(record.artefactPath());
        return html.still(HttpStatus.OK, "proof", reader.read(record))
                .header(HttpHeaders.LINK, "<" + artefact + ">; rel=\"describedby\"");
    }
}
