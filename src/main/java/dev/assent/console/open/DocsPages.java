// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.open;

import dev.assent.console.Html;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;

/** The interface, as the build described it: for programs as it is, for people as a page. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Assent",
                        version = "0.1.0",
                        description =
                                "Records what visitors of a site consented to and what they refused. Every error"
                                        + " is a problem as in RFC 9457, `application/problem+json`, with a stable"
                                        + " `type`; they are listed at `/problems`.",
                        license =
                                @License(
                                        name = "Apache-2.0",
                                        url = "https://www.apache.org/licenses/LICENSE-2.0")),
        servers = @Server(url = "/", description = "this service"))
@SecurityScheme(
        name = "key",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "an api key with the scope that the operation names")
class DocsPages {
    private final Html html;
    private final ApiDocument document;

    DocsPages(Html html, ApiDocument document) {
        this.html = html;
        this.document = document;
    }

    @Get("/openapi.yml")
    @Produces("application/yaml")
    HttpResponse<byte[]> yaml() {
        return HttpResponse.ok(document.yaml())
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }

    @Get("/docs")
    @Produces(Html.TYPE)
    HttpResponse<byte[]> docs() {
        return html.still(HttpStatus.OK, "docs", document.page());
    }
}
