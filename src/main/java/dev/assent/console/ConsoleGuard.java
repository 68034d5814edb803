// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.Sessions;
import dev.assent.account.SignedIn;
import dev.assent.web.ProblemException;
import dev.assent.web.ProblemType;
import dev.assent.web.Reach;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who is signed in with the role that the route's {@link Allowed} names; a route without it
 * lets nobody in. What changes something must carry the session's form token too. Whoever is not
 * signed in is asked to, and what was typed comes along. Whoever is let in reaches the rows of the
 * session's organization and no others.
 */
@ServerFilter({"/console", "/console/**", "/signout"})
final class ConsoleGuard implements Ordered {
    private static final String SIGNED_IN = SignedIn.class.getName();

    private final SessionCookie cookie;
    private final Sessions sessions;
    private final KeptForms kept;

    ConsoleGuard(SessionCookie cookie, Sessions sessions, KeptForms kept) {
        this.cookie = cookie;
        this.sessions = sessions;
        this.kept = kept;
    }

    /** After the form has been read. */
    @Override
    public int getOrder() {
        return FormReading.ORDER + 1;
    }

    /** Who sent {@code request}; empty on routes that need nobody. */
    static Optional<SignedIn> of(HttpRequest<?> request) {
        return request.getAttribute(SIGNED_IN, SignedIn.class);
    }

    /**
     * @throws ProblemException 403 with a role that does not open the route, 404 for a route that
     *     says nothing of roles
     */
    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable HttpResponse<?> admit(HttpRequest<?> request, MutablePropagatedContext context) {
        RouteMatch<?> route = RouteAttributes.getRouteMatch(request).orElse(null);
        if (route == null) {
            return null;
        }
        Role least =
                route.getAnnotationMetadata()
                        .enumValue(Allowed.class, Role.class)
                        .orElseThrow(() -> ProblemException.notFound("page"));
        Optional<SignedIn> found = cookie.read(request).flatMap(sessions::find);
        if (found.isEmpty()) {
            return kept.askToSignIn(request);
        }
        SignedIn me = found.get();
        if (!me.may(least)) {
            throw ProblemException.of(
                    ProblemType.ROLE_TOO_LOW.problem("Your role does not open this."));
        }
        if (!FormReading.isSafe(request)
                && !me.hasFormToken(FormReading.of(request).text(KeptForms.TOKEN))) {
            return kept.askToSendAgain(
                    HttpStatus.FORBIDDEN, me, request.getPath(), FormReading.of(request));
        }
        if (FormReading.of(request).isCleaned()) {
            return kept.askToSendCleaned(me, request.getPath(), FormReading.of(request));
        }
        request.setAttribute(SIGNED_IN, me);
        context.add(Reach.organization(me.organizationId()));
        return null;
    }
}
