// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final RateLimit limit = new RateLimit(60, new TrustedProxies(null), clock);

    @Test
    void oneMinutesWorth_passesAndThenOneASecond() {
        HttpRequest<?> request = from("192.0.2.1");
        for (int i = 0; i < 60; i++) {
            limit.check(request);
        }
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> limit.check(request));
        assertThat(refused.problem().status()).isEqualTo(429);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));

        now.updateAndGet(then -> then.plusMillis(400));
        ProblemException again =
                catchThrowableOfType(ProblemException.class, () -> limit.check(request));
        assertThat(again.retryAfter()).isEqualTo(Duration.ofMillis(600));

        now.updateAndGet(then -> then.plusMillis(600));
        limit.check(request);
        assertThatThrownBy(() -> limit.check(request)).isInstanceOf(ProblemException.class);
    }

    @Test
    void networks_areCountedApart() {
        for (int i = 0; i < 60; i++) {
            limit.check(from("192.0.2." + i));
        }
        assertThatThrownBy(() -> limit.check(from("192.0.2.99")))
                .isInstanceOf(ProblemException.class);
        assertThatCode(() -> limit.check(from("192.0.3.1"))).doesNotThrowAnyException();
    }

    @Test
    void zero_isNoLimit() {
        RateLimit none = new RateLimit(0, new TrustedProxies(null), clock);
        for (int i = 0; i < 10_000; i++) {
            none.check(from("192.0.2.1"));
        }
    }

    @Test
    void negative_isRefusedAtTheStart() {
        assertThatThrownBy(() -> new RateLimit(-1, new TrustedProxies(null), clock))
                .hasMessageContaining("ASSENT_RATE_LIMIT");
    }

    private static HttpRequest<?> from(String peer) {
        return new HttpRequestWrapper<>(HttpRequest.GET("/")) {
            @Override
            public InetSocketAddress getRemoteAddress() {
                return new InetSocketAddress(InetAddress.ofLiteral(peer), 4711);
            }
        };
    }
}
