// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.open;

import dev.assent.console.Html;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The verifier as one file: a page that asks nobody, and the same as a program for Node. Both are
 * as good from the auditor's own disk. And as a module for the console's own pages.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class VerifyPages {
    private static final String SCRIPT = "text/javascript";
    private static final String FOLDER = "/dev/assent/site/widget/";

    private final byte[] page = read("verify.html");
    private final byte[] program = read("verify.mjs");
    private final byte[] module = read("verify.js");
    private final String policy = new String(read("verify.csp"), StandardCharsets.UTF_8);

    @Get("/verify")
    @Produces(Html.TYPE)
    HttpResponse<byte[]> page() {
        return HttpResponse.ok(page)
                .contentType(Html.TYPE)
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    @Get("/verify.mjs")
    @Produces(SCRIPT)
    HttpResponse<byte[]> program() {
        return HttpResponse.ok(program)
                .contentType(SCRIPT)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    @Get("/verify.js")
    @Produces(SCRIPT)
    HttpResponse<byte[]> module() {
        return HttpResponse.ok(module)
                .contentType(SCRIPT)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static byte[] read(String name) {
        try (InputStream file = VerifyPages.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the program was packed without " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
