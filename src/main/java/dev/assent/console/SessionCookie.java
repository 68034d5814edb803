// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Token;
import dev.assent.web.PublicUrl;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie of a session: for this host alone, out of scripts' reach, and not sent with what other
 * sites have a browser send. Over https it bears the prefix {@code __Host-}, so that no
 * neighbouring host can set one (RFC 6265bis §4.1.3).
 */
@Singleton
public final class SessionCookie {
    private static final Duration LIFETIME = Duration.ofDays(14);

    private final PublicUrl publicUrl;

    SessionCookie(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    Optional<Token> read(HttpRequest<?> request) {
        return request.getCookies().findCookie(name()).map(Cookie::getValue).map(Token::new);
    }

    public Cookie of(Token token) {
        return cookie(token.text()).maxAge(LIFETIME);
    }

    /** Has the browser forget it. */
    public Cookie gone() {
        return cookie("").maxAge(0);
    }

    private Cookie cookie(String value) {
        return Cookie.of(name(), value)
                .path("/")
                .httpOnly()
                .sameSite(SameSite.Lax)
                .secure(isSecure());
    }

    private String name() {
        return isSecure() ? "__Host-assent-session" : "assent-session";
    }

    private boolean isSecure() {
        return "https".equals(publicUrl.uri().getScheme());
    }
}
