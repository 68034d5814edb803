// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Form;
import dev.assent.console.Html;
import dev.assent.merkle.Hash;
import dev.assent.site.PolicyDrafts;
import dev.assent.site.PolicyPreview;
import dev.assent.site.PolicyTexts;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;

/**
 * The real banner over a draft, for a frame of the editor: of the stored draft, or of a form that
 * is being filled in. No choice made there leaves the frame or is kept in it.
 */
@Controller("/console/sites/{siteKey}/policy/preview")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class PreviewPages {
    /** The hash of nothing, for a page on which nothing runs. */
    private static final String NO_SCRIPT = Hash.of(new byte[0]).base64();

    private final Html html;
    private final PolicyDrafts drafts;
    private final PolicyPreview preview;

    PreviewPages(Html html, PolicyDrafts drafts, PolicyPreview preview) {
        this.html = html;
        this.drafts = drafts;
        this.preview = preview;
    }

    @Get
    HttpResponse<?> ofStored(
            SignedIn me,
            String siteKey,
            @QueryValue(defaultValue = "") String language,
            @QueryValue(defaultValue = "light") String scheme) {
        DraftFields fields = stored(me, siteKey);
        return draw(me, siteKey, fields, language, scheme);
    }

    @Post
    HttpResponse<?> ofForm(SignedIn me, String siteKey, Form form) {
        DraftFields sent = draft(DraftFields.of(form));
        // Who only reads has a form without fields.
        boolean isEmpty = sent.purposes() == 0 && sent.languages().isEmpty();
        return draw(
                me,
                siteKey,
                isEmpty ? stored(me, siteKey) : sent,
                form.text("preview-language"),
                form.text("preview-scheme"));
    }

    private static DraftFields draft(DraftFields sent) {
        return Starter.isOne(sent) ? Starter.completed(sent) : sent;
    }

    private DraftFields stored(SignedIn me, String siteKey) {
        return drafts.find(me.organizationId(), siteKey)
                .map(draft -> DraftFields.of(draft.draft()))
                .orElseGet(() -> Starter.beginning(me));
    }

    /** In a language that is not offered it speaks by what is built in. */
    private HttpResponse<?> draw(
            SignedIn me, String siteKey, DraftFields fields, String language, String scheme) {
        boolean adds =
                PolicyTexts.BUILT_IN.contains(language) && !fields.languages().contains(language);
        DraftFields shown = adds ? fields.with("/texts/" + language, "") : fields;
        return preview.compose(me.organizationId(), siteKey, shown.draft(), language)
                .<HttpResponse<?>>map(composed -> banner(siteKey, composed, scheme))
                .orElseGet(() -> html.banner("policy/nopreview", "", NO_SCRIPT));
    }

    private HttpResponse<?> banner(String siteKey, PolicyPreview.Preview composed, String scheme) {
        // The widget learns from its own address where the service is.
        String script =
                "document.currentScript.src=location.origin+'/w/"
                        + siteKey
                        + ".js';\n"
                        + composed.script();
        var page =
                new PreviewPage(
                        composed.language(),
                        composed.direction(),
                        scheme.equals("dark") ? "dark" : "light",
                        script,
                        composed.artefact());
        String hash = Hash.of(script.getBytes(UTF_8)).base64();
        return html.banner("policy/preview", page, hash);
    }
}
