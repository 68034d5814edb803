// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.console.Html;
import dev.assent.console.Moments;
import dev.assent.merkle.Hash;
import dev.assent.site.Replay;
import dev.assent.site.Replays;
import dev.assent.web.ProblemException;
import dev.assent.web.PublicUrl;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The banner of any published version, drawn again by the script that was served then. It stands in
 * a frame without an origin: it has no cookie and no storage, may open nothing and leave for
 * nowhere, and may fetch only the artefact. A choice that is made in it is gone with the page.
 */
@Controller("/v1/artefacts/{sha256}/replay")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class ReplayPages {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");

    private final Html html;
    private final Replays replays;
    private final PublicUrl url;

    ReplayPages(Html html, Replays replays, PublicUrl url) {
        this.html = html;
        this.replays = replays;
        this.url = url;
    }

    @Get("{?language,layout}")
    HttpResponse<byte[]> show(
            @PathVariable String sha256,
            @QueryValue(defaultValue = "") String language,
            @QueryValue(defaultValue = "") String layout) {
        Replay replay = require(sha256);
        String shown = replay.languageFor(language);
        String form = layout.equals("mobile") ? layout : "desktop";
        return html.framing(HttpStatus.OK, "replay", page(replay, shown, form));
    }

    @Get("/frame{?language}")
    HttpResponse<byte[]> frame(
            @PathVariable String sha256,
            @QueryValue(defaultValue = "") String language,
            HttpRequest<?> request) {
        Replay replay = require(sha256);
        String shown = replay.languageFor(language);
        String script = path(replay) + "/w/" + replay.siteKey() + ".js";
        var frame = new ReplayFrame(shown, replay.direction(shown), script);
        return html.framed("replayframe", frame, policy(replay, request));
    }

    private static ReplayPage page(Replay replay, String language, String layout) {
        return new ReplayPage(
                replay.siteKey(),
                replay.version(),
                replay.controller(),
                language,
                layout,
                replay.languages().stream().map(ReplayPages::named).toList(),
                Moments.of(replay.publishedAt()),
                Moments.of(replay.effectiveAt()),
                replay.reason(),
                replay.artefact().hex(),
                replay.widget().hex(),
                path(replay) + "/frame?language=" + language);
    }

    private static ReplayPage.Language named(String tag) {
        return new ReplayPage.Language(
                tag, Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH));
    }

    /** Of what is requested only the artefact is named, by its whole path: nothing can be sent. */
    private String policy(Replay replay, HttpRequest<?> request) {
        String artefact = path(replay) + "/v1/artefacts/" + replay.artefact();
        return "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self';"
                + " img-src data:; connect-src "
                + host(request)
                + artefact
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    }

    /** As the browser names this service: there may be several names. */
    private String host(HttpRequest<?> request) {
        String named = Objects.requireNonNullElse(request.getHeaders().get("Host"), "");
        URI configured = url.uri();
        return HOST.matcher(named).matches()
                ? named
                : configured.getScheme() + "://" + configured.getAuthority();
    }

    private static String path(Replay replay) {
        return "/v1/artefacts/" + replay.artefact() + "/replay";
    }

    private Replay require(String sha256) {
        return hash(sha256)
                .flatMap(replays::find)
                .orElseThrow(() -> ProblemException.notFound("artefact"));
    }

    private static Optional<Hash> hash(String hex) {
        try {
            return Optional.of(Hash.fromHex(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
