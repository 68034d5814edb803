// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.TestSite;
import dev.assent.site.PolicyVersion;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Choices as a widget would make them. */
public final class TestChoice {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestChoice() {}

    /** A UUIDv7 of this moment. */
    public static UUID id() {
        long high = (System.currentTimeMillis() << 16) | 0x7000 | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** 32 random bytes, base64url. */
    public static String secret() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** A new visitor's choice on {@code site}, as the widget sends it. */
    public static String json(TestSite site) {
        return json(site, id().toString());
    }

    /**
     * The same under an id of the caller's, which may be nonsense; each call is another visitor.
     */
    public static String json(TestSite site, String id) {
        return json(site, id, secret());
    }

    /** The same of the visitor who has {@code secret}. */
    public static String json(TestSite site, String id, String secret) {
        return """
        {"id":"%s","policy":{"version":%d,"sha256":"%s"},\
        "choices":{"session":true,"theme":true,"analytics":false},"action":"save",\
        "source":"banner","language":"fr","layout":"mobile",\
        "occurredAt":"2026-11-21T10:00:03.120Z","secret":"%s"}\
        """
                .formatted(id, site.version(), site.sha256(), secret);
    }

    /** Refuses everything but what is required. */
    static Choice reject(PolicyVersion policy) {
        return choice(policy, id(), secret(), false, null);
    }

    static Choice choice(
            PolicyVersion policy,
            UUID id,
            String secret,
            boolean analytics,
            @Nullable UUID previous) {
        SortedMap<String, Boolean> choices = new TreeMap<>();
        choices.put("session", true);
        choices.put("theme", false);
        choices.put("analytics", analytics);
        return new Choice(
                id,
                policy.version(),
                policy.sha256().hex(),
                choices,
                Action.SAVE,
                "banner",
                "fr",
                "mobile",
                Instant.parse("2026-11-21T10:00:03.120Z"),
                secret,
                previous);
    }
}
