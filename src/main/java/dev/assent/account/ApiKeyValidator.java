// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Knows the caller of a guarded route by {@code Authorization: Bearer <key>}. */
@Singleton
final class ApiKeyValidator implements TokenValidator<HttpRequest<?>> {
    private final ApiKeys keys;

    ApiKeyValidator(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
        return Mono.fromFuture(() -> keys.find(token))
                .flatMap(found -> Mono.justOrEmpty(found.map(ApiKeyAuthentication::new)));
    }
}
