// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assent.account.Token;
import dev.assent.audit.Guest;
import dev.assent.audit.ShareLinks;
import dev.assent.console.Html;
import dev.assent.web.ClientNetwork;
import dev.assent.web.ProblemException;
import dev.assent.web.PublicUrl;
import dev.assent.web.TrustedProxies;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Lets in whoever has a session that a link has opened. All others get one and the same page, so
 * that nobody learns whether a link ever was.
 */
@Singleton
final class GuestDoor {
    private static final int FAILURES_A_MINUTE = 30;

    /** Of all who have come by one link: what they draw and take home is work, and is noted. */
    static final int REQUESTS_A_MINUTE = 120;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_NETWORKS = 100_000;

    private final Html html;
    private final ShareLinks links;
    private final TrustedProxies proxies;
    private final PublicUrl publicUrl;
    private final Cache<ClientNetwork, AtomicInteger> failures =
            Caffeine.newBuilder().maximumSize(MAX_NETWORKS).expireAfterWrite(MINUTE).build();
    private final Cache<Long, AtomicInteger> requests =
            Caffeine.newBuilder().maximumSize(MAX_NETWORKS).expireAfterWrite(MINUTE).build();

    GuestDoor(Html html, ShareLinks links, TrustedProxies proxies, PublicUrl publicUrl) {
        this.html = html;
        this.links = links;
        this.proxies = proxies;
        this.publicUrl = publicUrl;
    }

    /**
     * Does {@code work} for the guest who asks, or says that nothing is open.
     *
     * @throws ProblemException 429 if too much is asked by one link
     */
    HttpResponse<?> let(HttpRequest<?> request, Function<Audit, HttpResponse<?>> work) {
        return request.getCookies()
                .findCookie(name())
                .map(Cookie::getValue)
                .map(Token::new)
                .flatMap(links::find)
                .<HttpResponse<?>>map(guest -> work.apply(Audit.of(counted(guest))))
                .orElseGet(this::closed);
    }

    private Guest counted(Guest guest) {
        AtomicInteger count = requests.get(guest.linkId(), link -> new AtomicInteger());
        if (count.incrementAndGet() > REQUESTS_A_MINUTE) {
            throw ProblemException.tooMany(MINUTE);
        }
        return guest;
    }

    /** What is said of links that have ended, were revoked or never were. */
    HttpResponse<?> closed() {
        return html.still(HttpStatus.NOT_FOUND, "audit/closed", "");
    }

    /**
     * @throws ProblemException 429 if too many links from that network opened nothing
     */
    void admitAttempt(HttpRequest<?> request) {
        AtomicInteger failed = failures.getIfPresent(proxies.clientOf(request));
        if (failed != null && failed.get() >= FAILURES_A_MINUTE) {
            throw ProblemException.tooMany(MINUTE);
        }
    }

    void noteFailure(HttpRequest<?> request) {
        failures.get(proxies.clientOf(request), network -> new AtomicInteger()).incrementAndGet();
    }

    /** As after a restart. */
    void forget() {
        failures.invalidateAll();
        requests.invalidateAll();
    }

    /** For these pages alone, out of scripts' reach, not sent with what other sites send. */
    Cookie cookie(ShareLinks.Opened opened) {
        return Cookie.of(name(), opened.session().text())
                .path("/audit")
                .httpOnly()
                .sameSite(SameSite.Lax)
                .secure(isSecure())
                .maxAge(opened.lifetime());
    }

    private String name() {
        return isSecure() ? "__Secure-assent-audit" : "assent-audit";
    }

    private boolean isSecure() {
        return "https".equals(publicUrl.uri().getScheme());
    }
}
