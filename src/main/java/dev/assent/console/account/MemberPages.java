// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Allowed;
import dev.assent.account.Invitations;
import dev.assent.account.Mail;
import dev.assent.account.Members;
import dev.assent.account.PasswordReset;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
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
import java.util.function.Supplier;

/** Who belongs to the organization. Every member may see it, owners change it. */
@Controller("/console/members")
@Allowed(Role.OWNER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class MemberPages {
    private static final URI HERE = URI.create("/console/members");

    private final Html html;
    private final Members members;
    private final Invitations invitations;
    private final PasswordReset reset;
    private final Mail mail;

    MemberPages(
            Html html, Members members, Invitations invitations, PasswordReset reset, Mail mail) {
        this.html = html;
        this.members = members;
        this.invitations = invitations;
        this.reset = reset;
        this.mail = mail;
    }

    @Get
    @Allowed(Role.AUDITOR)
    HttpResponse<?> list(SignedIn me) {
        return page(HttpStatus.OK, me, MembersPage.NO_LINK, FormFault.NONE);
    }

    @Post("/invite")
    HttpResponse<?> invite(SignedIn me, Form form) {
        return orAgain(
                me,
                () -> {
                    String link =
                            invitations.invite(me, form.text("email"), Role.of(form.text("role")));
                    String words =
                            mail.isConfigured()
                                    ? "The invitation has been mailed. It can also be handed over:"
                                    : "Hand this link to whom you invite:";
                    return page(
                            HttpStatus.OK, me, new MembersPage.Link(words, link), FormFault.NONE);
                });
    }

    @Post("/withdraw")
    HttpResponse<?> withdraw(SignedIn me, Form form) {
        invitations.withdraw(me, form.id("invitation"));
        return HttpResponse.seeOther(HERE);
    }

    @Post("/role")
    HttpResponse<?> changeRole(SignedIn me, Form form) {
        return orAgain(
                me,
                () -> {
                    members.setRole(me, form.id("member"), Role.of(form.text("role")));
                    return HttpResponse.seeOther(HERE);
                });
    }

    @Post("/remove")
    HttpResponse<?> remove(SignedIn me, Form form) {
        return orAgain(
                me,
                () -> {
                    members.remove(me, form.id("member"));
                    return HttpResponse.seeOther(HERE);
                });
    }

    @Post("/reset-link")
    HttpResponse<?> makeResetLink(SignedIn me, Form form) {
        String link = reset.linkFor(me, form.id("member"));
        String words = "Hand this link to your colleague; it works once, within an hour:";
        return page(HttpStatus.OK, me, new MembersPage.Link(words, link), FormFault.NONE);
    }

    private HttpResponse<?> orAgain(SignedIn me, Supplier<HttpResponse<?>> done) {
        try {
            return done.get();
        } catch (Refusal refusal) {
            return page(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    me,
                    MembersPage.NO_LINK,
                    FormFault.of(refusal));
        }
    }

    private HttpResponse<?> page(
            HttpStatus status, SignedIn me, MembersPage.Link link, FormFault fault) {
        var page = new MembersPage(members.list(me), invitations.list(me), link, fault);
        return html.console(status, me, "members", page);
    }
}
