// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who did what and when in an organization. Nothing is ever changed or taken out; call it in the
 * transaction of what it tells of, so that neither is without the other.
 */
@Singleton
public final class Trail {
    private static final int MAX_SUBJECT = 300;

    private final OperatorEventRepository events;
    private final Isolation isolation;
    private final InstantSource clock;

    Trail(OperatorEventRepository events, Isolation isolation, InstantSource clock) {
        this.events = events;
        this.isolation = isolation;
        this.clock = clock;
    }

    /**
     * An event as it is read.
     *
     * @param id grows with time
     * @param who name and address of the operator, name of the key, or empty for whoever runs the
     *     machine or holds a link
     * @param action such as {@code role-changed}
     * @param subject what it was done to, in words
     */
    @io.micronaut.core.annotation.Introspected
    public record Event(long id, String who, String action, String subject, Instant at) {}

    /**
     * Notes what {@code by} did.
     *
     * @param action words of lower-case letters joined by hyphens, at most 60 characters
     * @param subject what it was done to, in words; never a secret; cut off after 300 characters
     */
    public void note(SignedIn by, String action, String subject) {
        note(by.organizationId(), by.operatorId(), null, action, subject);
    }

    /** Notes what was done by {@code key}. */
    public void note(ApiKey key, String action, String subject) {
        note(key.organizationId(), null, key.id(), action, subject);
    }

    /** Notes what somebody did who is no operator, such as the holder of a link. */
    public void noteStranger(long organizationId, String action, String subject) {
        note(organizationId, null, null, action, subject);
    }

    /** Notes what an operator did before being signed in. */
    void note(long organizationId, long operatorId, String action, String subject) {
        note(organizationId, operatorId, null, action, subject);
    }

    /**
     * Events of one kind, oldest first.
     *
     * @param prefix with which their subjects begin
     */
    public List<Event> list(long organizationId, String action, String prefix) {
        return isolation.within(
                organizationId, () -> events.listOf(organizationId, action, prefix));
    }

    private void note(
            long organizationId,
            @Nullable Long operatorId,
            @Nullable Long apiKeyId,
            String action,
            String subject) {
        String words =
                subject.codePointCount(0, subject.length()) <= MAX_SUBJECT
                        ? subject
                        : subject.substring(0, subject.offsetByCodePoints(0, MAX_SUBJECT));
        events.insert(organizationId, operatorId, apiKeyId, action, words, clock.instant());
    }
}
