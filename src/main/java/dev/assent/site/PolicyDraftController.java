// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.ApiKey;
import dev.assent.web.Problem.Fault;
import dev.assent.web.Timestamps;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The draft of a site's next policy version. */
@Controller("/v1/admin/sites/{siteKey}/draft")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("policies")
@Tag(name = "policies")
class PolicyDraftController {
    private final PolicyDrafts drafts;

    PolicyDraftController(PolicyDrafts drafts) {
        this.drafts = drafts;
    }

    @Operation(summary = "Read the draft as it was sent; its ETag goes into If-Match")
    @Get(produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> read(Authentication caller, String siteKey) {
        var draft = drafts.read(ApiKey.of(caller).organizationId(), siteKey);
        return HttpResponse.ok(draft.document()).header(HttpHeaders.ETAG, draft.tag());
    }

    @Operation(
            summary = "Replace the draft",
            description =
                    "Answers 422 with every fault and its JSON pointer. A draft that is well-formed"
                            + " but not fit for visitors is kept; obstacles says what is missing.")
    @Put
    HttpResponse<Kept> put(
            Authentication caller,
            String siteKey,
            @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch,
            @Body byte[] body) {
        var draft = drafts.put(ApiKey.of(caller).organizationId(), siteKey, body, ifMatch);
        return HttpResponse.ok(Kept.of(draft)).header(HttpHeaders.ETAG, draft.tag());
    }

    /**
     * What became of a draft.
     *
     * @param obstacles what keeps it from being published, perhaps nothing
     */
    @Serdeable
    record Kept(String updatedAt, List<Fault> obstacles) {

        static Kept of(PolicyDrafts.Stored draft) {
            return new Kept(Timestamps.format(draft.updatedAt()), draft.obstacles());
        }
    }
}
