// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Mail;
import dev.assent.account.PasswordReset;
import dev.assent.account.Refusal;
import dev.assent.account.Token;
import dev.assent.console.Caller;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.NoticePage;
import io.micronaut.http.HttpRequest;
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

/** A forgotten password: asking for a link, and using it. */
@Controller("/reset")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class ResetPages {
    private final Html html;
    private final PasswordReset reset;
    private final Mail mail;
    private final Caller caller;

    ResetPages(Html html, PasswordReset reset, Mail mail, Caller caller) {
        this.html = html;
        this.reset = reset;
        this.mail = mail;
        this.caller = caller;
    }

    @Get
    HttpResponse<?> show() {
        return page(HttpStatus.OK, "", FormFault.NONE);
    }

    /** Asks for a link by mail. The answer is the same whether there is such an operator. */
    @Get("/link")
    HttpResponse<?> showAsking() {
        return asking(HttpStatus.OK, "", FormFault.NONE);
    }

    @Post("/link")
    HttpResponse<?> ask(HttpRequest<?> request, Form form) {
        try {
            reset.ask(form.text("email"), caller.network(request));
        } catch (Refusal refusal) {
            return asking(
                    HttpStatus.UNPROCESSABLE_ENTITY, form.text("email"), FormFault.of(refusal));
        }
        return html.form(
                HttpStatus.OK,
                "notice",
                new NoticePage(
                        "Look at your mail",
                        "If there is an account with this address, a link is on its way. It works"
                                + " once, within an hour.",
                        "/signin",
                        "Sign in"));
    }

    @Post
    HttpResponse<?> complete(Form form) {
        try {
            reset.complete(new Token(form.text("token")), form.text("password"));
        } catch (Refusal refusal) {
            return page(HttpStatus.UNPROCESSABLE_ENTITY, form.text("token"), FormFault.of(refusal));
        }
        return html.form(
                HttpStatus.OK,
                "notice",
                new NoticePage(
                        "Your password is set",
                        "All sessions have ended. Sign in with the new password.",
                        "/signin",
                        "Sign in"));
    }

    private HttpResponse<?> page(HttpStatus status, String token, FormFault fault) {
        return html.form(status, "reset", new ResetPage(token, fault));
    }

    private HttpResponse<?> asking(HttpStatus status, String email, FormFault fault) {
        return html.form(status, "resetlink", new ResetLinkPage(mail.isConfigured(), email, fault));
    }
}
