// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Artefacts;
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
import io.micronaut.serde.ObjectMapper;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;

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
    private final Artefacts artefacts;
    private final ObjectMapper json;
    private final PublicUrl url;

    DpvController(ConsentRecords records, Artefacts artefacts, ObjectMapper json, PublicUrl url) {
        this.records = records;
        this.artefacts = artefacts;
        this.json = json;
        this.url = url;
    }

    @Get("/{id}")
    @Produces(TYPE)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> read(@PathVariable String id) {
        ConsentRecord record =
                records.find(id).orElseThrow(() -> ProblemException.notFound("record"));
        String artefact = url.of(record.artefactPath());
        try {
            byte[] document =
                    json.writeValueAsBytes(
                            DpvRecord.of(record, artefacts.read(record.policySha256()), url));
            return HttpResponse.ok(document)
                    .contentType(TYPE)
                    .header(HttpHeaders.LINK, "<" + artefact + ">; rel=\"describedby\"");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + record, e);
        }
    }
}
