// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.LeafEncoding;
import dev.assent.site.PolicyVersion;
import dev.assent.web.Timestamps;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A choice that has been held against its policy and waits to be recorded. */
final class PendingChoice {
    /** Clocks that differ by more are marked in the record; no choice is refused for it. */
    private static final Duration TOLERATED_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    /** What the service adds to a choice, and what therefore differs when one is sent twice. */
    private static final Set<String> GIVEN_BY_THE_SERVICE =
            Set.of("seq", "recordedAt", "expiresAt", "late", "previous");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Choice choice;
    private final PolicyVersion policy;
    private final String subject;
    private final byte[] salt = new byte[LeafEncoding.SALT_LENGTH];
    private final CompletableFuture<Recorded> answer = new CompletableFuture<>();

    PendingChoice(Choice choice, PolicyVersion policy) {
        this.choice = choice;
        this.policy = policy;
        this.subject = choice.subject(policy.siteKey());
        RANDOM.nextBytes(salt);
    }

    Choice choice() {
        return choice;
    }

    PolicyVersion policy() {
        return policy;
    }

    /** 22 characters of base64url. */
    String subject() {
        return subject;
    }

    /** Completed once, when the record is durable or will never be. */
    CompletableFuture<Recorded> answer() {
        return answer;
    }

    /**
     * The record that this choice becomes.
     *
     * @param previousCommitment 43 characters of base64url: the visitor's previous record here
     */
    ConsentRecord record(
            long seq, long index, Instant recordedAt, @Nullable String previousCommitment) {
        Instant expiresAt = recordedAt.atOffset(ZoneOffset.UTC).plus(policy.lifetime()).toInstant();
        JsonObject.Builder document = content();
        document.put("seq", seq)
                .put("recordedAt", Timestamps.format(recordedAt))
                .put("expiresAt", Timestamps.format(expiresAt));
        if (isLate(recordedAt)) {
            document.put("late", true);
        }
        if (previousCommitment != null) {
            document.put("previous", previousCommitment);
        }
        return new ConsentRecord(
                choice.id(),
                seq,
                index,
                recordedAt,
                expiresAt,
                salt,
                CanonicalJson.write(document.build()));
    }

    /** Whether {@code stored} is this very choice, recorded before. */
    boolean isRecordedAs(ConsentRecord stored) {
        JsonObject.Builder remembered = JsonObject.builder();
        stored.content()
                .members()
                .forEach((key, value) -> {
                    if (!GIVEN_BY_THE_SERVICE.contains(key)) {
                        remembered.put(key, value);
                    }
                });
        return remembered.build().equals(content().build());
    }

    private boolean isLate(Instant recordedAt) {
        return Duration.between(choice.occurredAt(), recordedAt)
                        .abs()
                        .compareTo(TOLERATED_CLOCK_DIFFERENCE)
                > 0;
    }

    private JsonObject.Builder content() {
        JsonObject.Builder choices = JsonObject.builder();
        choice.choices().forEach(choices::put);
        JsonObject version =
                JsonObject.builder()
                        .put("version", policy.version())
                        .put("sha256", policy.sha256().hex())
                        .build();
        return JsonObject.builder()
                .put("v", 1)
                .put("id", choice.id().toString())
                .put("site", policy.siteKey())
                .put("action", choice.action().word())
                .put("source", choice.source())
                .put("choices", choices.build())
                .put("policy", version)
                .put("ruleset", policy.ruleset())
                .put("language", choice.language())
                .put("layout", choice.layout())
                .put("occurredAt", Timestamps.format(choice.occurredAt()))
                .put("subject", subject);
    }
}
