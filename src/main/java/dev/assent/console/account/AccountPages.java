// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Allowed;
import dev.assent.account.Members;
import dev.assent.account.OwnAccount;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SecondFactors;
import dev.assent.account.Sessions;
import dev.assent.account.SignedIn;
import dev.assent.account.Token;
import dev.assent.account.Trail;
import dev.assent.console.Caller;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import dev.assent.console.HandingOver;
import dev.assent.console.Html;
import dev.assent.console.SessionCookie;
import dev.assent.web.ProblemException;
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
import java.util.List;
import java.util.function.Supplier;

/** One's own account: password, second factor, sessions. */
@Controller("/console/account")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class AccountPages {
    private static final String HERE = "/console/account";

    private final Html html;
    private final OwnAccount account;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Members members;
    private final SessionCookie cookie;
    private final Caller caller;
    private final Trail trail;
    private final HandingOver handing;

    AccountPages(
            Html html,
            OwnAccount account,
            SecondFactors factors,
            Sessions sessions,
            Members members,
            SessionCookie cookie,
            Caller caller,
            Trail trail,
            HandingOver handing) {
        this.html = html;
        this.account = account;
        this.factors = factors;
        this.sessions = sessions;
        this.members = members;
        this.cookie = cookie;
        this.caller = caller;
        this.trail = trail;
        this.handing = handing;
    }

    @Get
    HttpResponse<?> show(
            SignedIn me,
            @QueryValue(defaultValue = "") String done,
            @QueryValue(defaultValue = "") String made) {
        Handed handed = handing.read(me, HERE, made);
        return page(HttpStatus.OK, me, AccountPage.NO_FAULT, handed, Flash.of(done));
    }

    @Post("/password")
    HttpResponse<?> changePassword(HttpRequest<?> request, SignedIn me, Form form) {
        return orAgain(
                me,
                "password",
                () -> {
                    Token fresh =
                            account.changePassword(
                                    me,
                                    caller.requireToken(request),
                                    form.text("current"),
                                    form.text("password"),
                                    Caller.browser(request));
                    return to(Flash.PASSWORD_CHANGED).cookie(cookie.of(fresh));
                });
    }

    @Post("/second-factor")
    HttpResponse<?> beginSecondFactor(SignedIn me) {
        return orAgain(
                me,
                "factor",
                () -> {
                    factors.begin(me);
                    return HttpResponse.seeOther(URI.create(HERE + "#second-factor"));
                });
    }

    @Post("/second-factor/confirm")
    HttpResponse<?> confirmSecondFactor(HttpRequest<?> request, SignedIn me, Form form) {
        return orAgain(
                me,
                "factor",
                () -> {
                    List<String> codes = factors.confirm(me, form.text("code"));
                    Token fresh =
                            account.renew(
                                    me,
                                    caller.requireToken(request),
                                    me.organizationId(),
                                    Caller.browser(request));
                    SignedIn renewed = sessions.find(fresh).orElseThrow();
                    return handing.keep(renewed, Handed.What.BACKUP_CODES, HERE, text(codes))
                            .cookie(cookie.of(fresh));
                });
    }

    @Post("/second-factor/off")
    HttpResponse<?> turnOffSecondFactor(SignedIn me, Form form) {
        return orAgain(
                me,
                "codes",
                () -> {
                    account.confirm(me, form.text("current"));
                    factors.turnOff(me);
                    return to(Flash.SECOND_FACTOR_OFF);
                });
    }

    @Post("/backup-codes")
    HttpResponse<?> renewBackupCodes(SignedIn me, Form form) {
        return orAgain(
                me,
                "codes",
                () -> {
                    account.confirm(me, form.text("current"));
                    return handing.once(
                            me,
                            form,
                            Handed.What.BACKUP_CODES,
                            HERE,
                            () -> text(factors.renewBackupCodes(me)));
                });
    }

    @Post("/sessions/end")
    HttpResponse<?> endSession(SignedIn me, Form form) {
        if (!sessions.end(me, form.id("session"))) {
            throw ProblemException.notFound("session");
        }
        trail.note(me, "session-ended", "");
        return to(Flash.SESSION_ENDED);
    }

    @Post("/sessions/end-others")
    HttpResponse<?> endOtherSessions(SignedIn me) {
        sessions.endOthers(me);
        trail.note(me, "other-sessions-ended", "");
        return to(Flash.OTHER_SESSIONS_ENDED);
    }

    @Post("/organization")
    HttpResponse<?> enterOrganization(HttpRequest<?> request, SignedIn me, Form form) {
        Token fresh =
                account.enter(
                        me,
                        caller.requireToken(request),
                        form.id("organization"),
                        Caller.browser(request));
        return HttpResponse.seeOther(URI.create(Flash.ORGANIZATION_ENTERED.at("/console/sites")))
                .cookie(cookie.of(fresh));
    }

    private HttpResponse<?> orAgain(SignedIn me, String section, Supplier<HttpResponse<?>> done) {
        try {
            return done.get();
        } catch (Refusal refusal) {
            var fault = new AccountPage.Fault(section, FormFault.of(refusal));
            return page(HttpStatus.UNPROCESSABLE_ENTITY, me, fault, Handed.NONE, Flash.NONE);
        }
    }

    private static MutableHttpResponse<?> to(Flash done) {
        return HttpResponse.seeOther(URI.create(done.at(HERE)));
    }

    private static String text(List<String> codes) {
        return String.join("\n", codes);
    }

    private HttpResponse<?> page(
            HttpStatus status, SignedIn me, AccountPage.Fault fault, Handed made, Flash flash) {
        var page =
                new AccountPage(
                        factors.isOn(me.operatorId()),
                        factors.offered(me).map(AccountPage.Offer::of).orElse(null),
                        factors.backupCodesLeft(me.operatorId()),
                        made,
                        sessions.list(me),
                        members.places(me),
                        fault,
                        flash);
        return html.console(status, me, "account", page);
    }
}
