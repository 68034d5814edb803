// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignIn;
import dev.assent.account.SignedIn;
import dev.assent.console.Caller;
import dev.assent.console.Html;
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

/** Going out. */
@Controller("/signout")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class SignOutPages {
    private final Html html;
    private final SignIn signIn;
    private final SessionCookie cookie;
    private final Caller caller;

    SignOutPages(Html html, SignIn signIn, SessionCookie cookie, Caller caller) {
        this.html = html;
        this.signIn = signIn;
        this.cookie = cookie;
        this.caller = caller;
    }

    @Get
    HttpResponse<?> ask(SignedIn me) {
        return html.console(HttpStatus.OK, me, "signout", "");
    }

    @Post
    HttpResponse<?> leave(HttpRequest<?> request) {
        signIn.out(caller.requireToken(request));
        return HttpResponse.seeOther(URI.create("/signin")).cookie(cookie.gone());
    }
}
