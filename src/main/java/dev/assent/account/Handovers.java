// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Secrets that are shown once, on the page that a form leads to. The same form sent again makes no
 * second one; the page loaded anew says that the first has been shown. Each belongs to the session
 * that made it and is sealed; it can be read for ten minutes at most, and goes with the session or
 * the organization's next one after that.
 */
@Singleton
public class Handovers {
    /** How long a secret waits to be read. */
    static final Duration WAITING = Duration.ofMinutes(10);

    /**
     * How long after its making the same form, sent again, has it shown again: who clicks twice
     * sees the second answer alone.
     */
    static final Duration CLICKING = Duration.ofSeconds(5);

    private final HandoverRepository handovers;
    private final SecretFile secrets;
    private final Isolation isolation;
    private final InstantSource clock;

    Handovers(
            HandoverRepository handovers,
            SecretFile secrets,
            Isolation isolation,
            InstantSource clock) {
        this.handovers = handovers;
        this.secrets = secrets;
        this.isolation = isolation;
        this.clock = clock;
    }

    /**
     * What is to be shown once.
     *
     * @param what such as {@code invitation}, at most 40 characters
     * @param place the path of the page that shows it, at most 200 characters
     * @param text the secret, at most 4,068 bytes as UTF-8; empty if it has been shown
     */
    public record Secret(String what, String place, String text) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "a secret: " + what;
        }
    }

    /** Where a secret is: the page and the number under which that finds it. */
    public record Made(String place, long id) {}

    /**
     * Makes a secret, unless this session has sent this very form before.
     *
     * @param form hash of what was sent
     * @param make runs in a transaction; what it throws undoes everything
     */
    public Made once(SignedIn me, Hash form, Supplier<Secret> make) {
        return isolation.within(
                me.organizationId(),
                () -> {
                    handovers.lock(me.sessionId());
                    return handovers
                            .findByForm(me.sessionId(), form.bytes())
                            .map(this::again)
                            .orElseGet(() -> keep(me, form, make.get()));
                });
    }

    /** Keeps a secret that was made by what cannot be done twice anyway. */
    public Made keep(SignedIn me, Secret secret) {
        return isolation.within(me.organizationId(), () -> keep(me, Token.random().hash(), secret));
    }

    /**
     * What this session made, to be shown now and not again.
     *
     * @return empty if it made nothing of this number that belongs on this page
     */
    public Optional<Secret> read(SignedIn me, String place, long id) {
        return isolation.within(
                me.organizationId(),
                () -> handovers.take(me.sessionId(), id, place).map(found -> show(me, found)));
    }

    private Made keep(SignedIn me, Hash form, Secret secret) {
        Instant now = clock.instant();
        handovers.forget(now.minus(WAITING));
        byte[] sealed = secrets.seal(secret.text().getBytes(UTF_8), of(me, secret.place()));
        long id =
                handovers.insert(
                        me.organizationId(),
                        me.sessionId(),
                        form.bytes(),
                        secret.what(),
                        secret.place(),
                        now,
                        sealed);
        return new Made(secret.place(), id);
    }

    private Made again(Handover made) {
        if (clock.instant().isBefore(made.madeAt().plus(CLICKING))) {
            handovers.offer(made.id());
        }
        return new Made(made.place(), made.id());
    }

    private Secret show(SignedIn me, Handover found) {
        Instant now = clock.instant();
        byte[] sealed = found.sealed();
        boolean over = found.shownAt() != null || now.isAfter(found.madeAt().plus(WAITING));
        if (sealed == null || over) {
            return new Secret(found.what(), found.place(), "");
        }
        handovers.show(found.id(), now);
        String text =
                secrets.open(sealed, of(me, found.place()))
                        .map(plain -> new String(plain, UTF_8))
                        .orElse("");
        return new Secret(found.what(), found.place(), text);
    }

    private static String of(SignedIn me, String place) {
        return "handover of session " + me.sessionId() + " at " + place;
    }
}
