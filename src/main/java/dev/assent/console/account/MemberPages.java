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
import java.util.function.Supplier;

/** Who belongs to the organization. Every member may see it, owners change it. */
@Controller("/console/members")
@Allowed(Role.OWNER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class MemberPages {
    private static final String HERE = "/console/members";

    private final Html html;
    private final Members members;
    private final Invitations invitations;
    private final PasswordReset reset;
    private final Mail mail;
    private final HandingOver handing;

    MemberPages(
            Html html,
            Members members,
            Invitations invitations,
            PasswordReset reset,
            Mail mail,
            HandingOver handing) {
        this.html = html;
        this.members = members;
        this.invitations = invitations;
        this.reset = reset;
        this.mail = mail;
        this.handing = handing;
    }

    @Get
    @Allowed(Role.AUDITOR)
    HttpResponse<?> list(
            SignedIn me,
            @QueryValue(defaultValue = "") String done,
            @QueryValue(defaultValue = "") String made) {
        var page =
                new MembersPage(
                        members.list(me),
                        invitations.list(me),
                        handing.read(me, HERE, made),
                        Form.EMPTY,
                        FormFault.NONE,
                        Flash.of(done));
        return html.console(HttpStatus.OK, me, "members", page);
    }

    @Post("/invite")
    HttpResponse<?> invite(SignedIn me, Form form) {
        Handed.What what =
                mail.isConfigured() ? Handed.What.MAILED_INVITATION : Handed.What.INVITATION;
        return orAgain(
                me,
                form,
                () ->
                        handing.once(
                                me,
                                form,
                                what,
                                HERE,
                                () ->
                                        invitations.invite(
                                                me,
                                                form.text("email"),
                                                Role.of(form.text("role")))));
    }

    @Post("/withdraw")
    HttpResponse<?> withdraw(SignedIn me, Form form) {
        invitations.withdraw(me, form.id("invitation"));
        return to(Flash.INVITATION_WITHDRAWN);
    }

    @Post("/role")
    HttpResponse<?> changeRole(SignedIn me, Form form) {
        return orAgain(
                me,
                Form.EMPTY,
                () -> {
                    members.setRole(me, form.id("member"), Role.of(form.text("role")));
                    return to(Flash.ROLE_CHANGED);
                });
    }

    @Post("/remove")
    HttpResponse<?> remove(SignedIn me, Form form) {
        return orAgain(
                me,
                Form.EMPTY,
                () -> {
                    members.remove(me, form.id("member"));
                    return to(Flash.MEMBER_REMOVED);
                });
    }

    @Post("/reset-link")
    HttpResponse<?> makeResetLink(SignedIn me, Form form) {
        long member = form.id("member");
        return handing.once(
                me, form, Handed.What.PASSWORD_LINK, HERE, () -> reset.linkFor(me, member));
    }

    private HttpResponse<?> orAgain(SignedIn me, Form typed, Supplier<HttpResponse<?>> done) {
        try {
            return done.get();
        } catch (Refusal refusal) {
            var page =
                    new MembersPage(
                            members.list(me),
                            invitations.list(me),
                            Handed.NONE,
                            typed,
                            FormFault.of(refusal),
                            Flash.NONE);
            return html.console(HttpStatus.UNPROCESSABLE_ENTITY, me, "members", page);
        }
    }

    private static HttpResponse<?> to(Flash done) {
        return HttpResponse.seeOther(URI.create(done.at(HERE)));
    }
}
