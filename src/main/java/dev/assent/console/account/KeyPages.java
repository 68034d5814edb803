// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Allowed;
import dev.assent.account.OperatorKeys;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import dev.assent.console.HandingOver;
import dev.assent.console.Html;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import java.net.URI;
import java.util.List;

/** The keys by which programs come in. Every member may see which there are, owners change them. */
@Controller("/console/keys")
@Allowed(Role.OWNER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class KeyPages {
    private static final String HERE = "/console/keys";

    private final Html html;
    private final OperatorKeys keys;
    private final HandingOver handing;

    KeyPages(Html html, OperatorKeys keys, HandingOver handing) {
        this.html = html;
        this.keys = keys;
        this.handing = handing;
    }

    @Get
    @Allowed(Role.AUDITOR)
    HttpResponse<?> list(
            SignedIn me,
            @QueryValue(defaultValue = "") String done,
            @QueryValue(defaultValue = "") String made) {
        Handed handed = handing.read(me, HERE, made);
        var page =
                new KeysPage(keys.list(me), handed, "", List.of(), FormFault.NONE, Flash.of(done));
        return html.console(HttpStatus.OK, me, "keys", page);
    }

    /** The key stands on the page that this leads to, once, and nowhere else. */
    @Post
    HttpResponse<?> make(SignedIn me, Form form) {
        String name = form.text("name");
        List<String> scopes = form.all("scopes");
        try {
            return handing.once(me, form, Handed.What.KEY, HERE, () -> keys.make(me, name, scopes));
        } catch (Refusal refusal) {
            var page =
                    new KeysPage(
                            keys.list(me),
                            Handed.NONE,
                            name,
                            scopes,
                            FormFault.of(refusal),
                            Flash.NONE);
            return html.console(HttpStatus.UNPROCESSABLE_ENTITY, me, "keys", page);
        }
    }

    @Post("/revoke")
    HttpResponse<?> revoke(SignedIn me, Form form) {
        keys.revoke(me, form.id("key"));
        return HttpResponse.seeOther(URI.create(Flash.KEY_REVOKED.at(HERE)));
    }
}
