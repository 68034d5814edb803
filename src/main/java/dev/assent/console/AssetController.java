// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;

/** Serves {@link Assets}. */
@Controller("/assets")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class AssetController {
    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

    /**
     * The file as this node has it. Under a hash of an earlier or a later release it may not be
     * kept: it is not what that hash names.
     */
    @Produces(MediaType.ALL)
    @Get("/{hash:[0-9a-f]+}/{name}")
    HttpResponse<byte[]> read(String hash, String name) {
        Assets.Asset asset = Assets.find(name).orElseThrow(() -> ProblemException.notFound("file"));
        return HttpResponse.ok(asset.text().getBytes(UTF_8))
                .contentType(MediaType.of(asset.type() + ";charset=utf-8"))
                .header(
                        HttpHeaders.CACHE_CONTROL,
                        asset.hash().equals(hash) ? FOR_A_YEAR : "no-cache")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
