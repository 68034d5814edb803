// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Invitations;
import dev.assent.account.Refusal;
import dev.assent.account.Token;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.NoticePage;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;

/** A colleague's invitation: opened by the token of its link, then accepted with a password. */
@Controller("/invitation")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class InvitationPages {
    private final Html html;
    private final Invitations invitations;

    InvitationPages(Html html, Invitations invitations) {
        this.html = html;
        this.invitations = invitations;
    }

    @Get
    HttpResponse<?> show() {
        return closed(HttpStatus.OK, "", FormFault.NONE);
    }

    @Post
    HttpResponse<?> answer(Form form) {
        Token token = new Token(form.text("token"));
        Invitations.Opened invitation;
        try {
            invitation = invitations.open(token);
        } catch (Refusal refusal) {
            return closed(HttpStatus.UNPROCESSABLE_ENTITY, token.text(), FormFault.of(refusal));
        }
        return form.text("accept").isEmpty()
                ? open(HttpStatus.OK, form, invitation, FormFault.NONE)
                : accept(token, form, invitation);
    }

    private HttpResponse<?> accept(Token token, Form form, Invitations.Opened invitation) {
        try {
            invitations.accept(token, form.text("name"), form.text("password"));
        } catch (Refusal refusal) {
            return open(HttpStatus.UNPROCESSABLE_ENTITY, form, invitation, FormFault.of(refusal));
        }
        return html.form(
                HttpStatus.OK,
                "notice",
                new NoticePage(
                        "You belong to " + invitation.organization(),
                        "Sign in to begin.",
                        "/signin",
                        "Sign in"));
    }

    private HttpResponse<?> open(
            HttpStatus status, Form form, Invitations.Opened invitation, FormFault fault) {
        var page = new InvitationPage(form.text("token"), form.text("name"), invitation, fault);
        return html.form(status, "invitation", page);
    }

    private HttpResponse<?> closed(HttpStatus status, String token, FormFault fault) {
        return html.form(status, "invitationlink", new ResetPage(token, fault));
    }
}
