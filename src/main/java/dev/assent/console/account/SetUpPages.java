// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Refusal;
import dev.assent.account.SetUp;
import dev.assent.account.Token;
import dev.assent.console.Caller;
import dev.assent.console.Form;
import dev.assent.console.Html;
import dev.assent.console.LocalPath;
import dev.assent.console.SessionCookie;
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
import java.net.URI;

/** The first operator of a new service. */
@Controller("/setup")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class SetUpPages {
    private final Html html;
    private final SetUp setUp;
    private final SessionCookie cookie;

    SetUpPages(Html html, SetUp setUp, SessionCookie cookie) {
        this.html = html;
        this.setUp = setUp;
        this.cookie = cookie;
    }

    @Get
    HttpResponse<?> show() {
        return setUp.isDone()
                ? HttpResponse.seeOther(URI.create("/signin"))
                : html.form(HttpStatus.OK, "setup", SetUpPage.EMPTY);
    }

    @Post
    HttpResponse<?> complete(HttpRequest<?> request, Form form) {
        try {
            Token session =
                    setUp.complete(
                            new Token(form.text("token")),
                            new SetUp.Wish(
                                    form.text("organization"),
                                    form.text("name"),
                                    form.text("email"),
                                    form.text("password")),
                            Caller.browser(request));
            return HttpResponse.seeOther(URI.create(LocalPath.HOME)).cookie(cookie.of(session));
        } catch (Refusal refusal) {
            return html.form(HttpStatus.UNPROCESSABLE_ENTITY, "setup", SetUpPage.of(form, refusal));
        }
    }
}
