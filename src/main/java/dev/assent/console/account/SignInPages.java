// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Refusal;
import dev.assent.account.Sessions;
import dev.assent.account.SignIn;
import dev.assent.account.SignedIn;
import dev.assent.account.Token;
import dev.assent.account.TooManyAttempts;
import dev.assent.console.Caller;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.KeptForms;
import dev.assent.console.LocalPath;
import dev.assent.console.SessionCookie;
import dev.assent.console.SignInPage;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Coming in: password, and the code where the second factor is on. */
@Controller("/signin")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class SignInPages {
    private static final String NEXT = "next";

    private final Html html;
    private final SignIn signIn;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final Caller caller;
    private final LocalPath localPath;
    private final KeptForms kept;

    SignInPages(
            Html html,
            SignIn signIn,
            Sessions sessions,
            SessionCookie cookie,
            Caller caller,
            LocalPath localPath,
            KeptForms kept) {
        this.html = html;
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookie = cookie;
        this.caller = caller;
        this.localPath = localPath;
        this.kept = kept;
    }

    @Get
    HttpResponse<?> show(@QueryValue(defaultValue = "") String next) {
        return html.form(HttpStatus.OK, "signin", SignInPage.to(localPath.orHome(next)));
    }

    @Post
    HttpResponse<?> password(HttpRequest<?> request, Form form) {
        try {
            SignIn.Opened opened =
                    signIn.password(
                            form.text("email"),
                            form.text("password"),
                            caller.network(request),
                            Caller.browser(request));
            MutableHttpResponse<?> answer =
                    opened.awaitsCode()
                            ? code(HttpStatus.OK, form, FormFault.NONE)
                            : goOn(opened.token(), form);
            return answer.cookie(cookie.of(opened.token()));
        } catch (Refusal refusal) {
            return again(HttpStatus.UNPROCESSABLE_ENTITY, form, FormFault.of(refusal));
        } catch (TooManyAttempts early) {
            return later(
                    again(HttpStatus.TOO_MANY_REQUESTS, form, wait(early)), early.retryAfter());
        }
    }

    @Get("/code")
    HttpResponse<?> showCode(HttpRequest<?> request) {
        boolean awaited = caller.token(request).filter(signIn::awaitsCode).isPresent();
        return awaited
                ? code(HttpStatus.OK, Form.EMPTY, FormFault.NONE)
                : HttpResponse.seeOther(URI.create("/signin"));
    }

    @Post("/code")
    HttpResponse<?> code(HttpRequest<?> request, Form form) {
        Optional<Token> waiting = caller.token(request).filter(signIn::awaitsCode);
        if (waiting.isEmpty()) {
            var fault = new FormFault("", "That took too long. Begin again with your password.");
            return again(HttpStatus.UNPROCESSABLE_ENTITY, form, fault);
        }
        try {
            Token token =
                    signIn.code(
                            waiting.get(),
                            form.text("code"),
                            caller.network(request),
                            Caller.browser(request));
            return goOn(token, form).cookie(cookie.of(token));
        } catch (Refusal refusal) {
            return code(HttpStatus.UNPROCESSABLE_ENTITY, form, FormFault.of(refusal));
        } catch (TooManyAttempts early) {
            return later(code(HttpStatus.TOO_MANY_REQUESTS, form, wait(early)), early.retryAfter());
        }
    }

    /** To where one was going; what was typed there is offered to be sent. */
    private MutableHttpResponse<?> goOn(Token token, Form form) {
        String next = form.text(NEXT);
        List<Form.Field> carried = KeptForms.carried(form);
        Optional<String> action = localPath.check(next, HttpMethod.POST);
        if (carried.isEmpty() || action.isEmpty()) {
            return HttpResponse.seeOther(URI.create(localPath.orHome(next)));
        }
        SignedIn me = sessions.find(token).orElseThrow();
        return kept.askToSendAgain(HttpStatus.OK, me, action.get(), KeptForms.restored(form));
    }

    private MutableHttpResponse<?> code(HttpStatus status, Form form, FormFault fault) {
        var page = new CodePage(next(form), KeptForms.carried(form), fault);
        return html.form(status, "code", page);
    }

    private MutableHttpResponse<?> again(HttpStatus status, Form form, FormFault fault) {
        SignInPage page =
                SignInPage.to(next(form))
                        .keeping(KeptForms.carried(form))
                        .refused(form.text("email"), fault);
        return html.form(status, "signin", page);
    }

    private String next(Form form) {
        String next = form.text(NEXT);
        return localPath
                .check(next, HttpMethod.POST)
                .filter(path -> !KeptForms.carried(form).isEmpty())
                .orElseGet(() -> localPath.orHome(next));
    }

    private static FormFault wait(TooManyAttempts early) {
        return new FormFault(
                "", "Too many attempts failed. Wait " + words(early.retryAfter()) + ".");
    }

    private static String words(Duration wait) {
        long minutes = wait.toMinutes();
        return minutes < 1 ? "a minute" : minutes < 2 ? "two minutes" : (minutes + 1) + " minutes";
    }

    private static HttpResponse<?> later(MutableHttpResponse<?> answer, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return answer.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
}
