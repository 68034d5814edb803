// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assent.merkle.Hash;
import dev.assent.web.ClientNetwork;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses. An attempt counts as a failure from its beginning, so that many at once
 * are not looked at as one; success takes it back.
 *
 * <p>Accounts are counted in the database, for all nodes, those that do not exist too. Networks are
 * counted in memory on each node: they are personal data and reach neither database nor log.
 */
@Singleton
class Delays {
    private static final int FREE_FOR_A_NETWORK = 20;
    private static final int MAX_NETWORKS = 100_000;

    private final AccountDelays accounts;
    private final InstantSource clock;
    private final Cache<ClientNetwork, Failures> networks =
            Caffeine.newBuilder().maximumSize(MAX_NETWORKS).build();

    Delays(AccountDelays accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** What is guarded. */
    record Subject(Hash hash) {
        /** The password of whoever has this address, known to us or not. */
        static Subject ofPassword(String email) {
            return new Subject(Hash.of(("password " + email).getBytes(UTF_8)));
        }

        /** Mail about a forgotten password to whoever has this address. */
        static Subject ofMail(String email) {
            return new Subject(Hash.of(("mail " + email).getBytes(UTF_8)));
        }

        /** The second factor of an operator. */
        static Subject ofCode(long operatorId) {
            return new Subject(Hash.of(("code " + operatorId).getBytes(UTF_8)));
        }
    }

    private record Failures(int count, Instant at, Instant lockedUntil) {}

    /**
     * Counts an attempt.
     *
     * @return how many have failed in a row, this one included
     * @throws TooManyAttempts if it comes too soon; then it is not counted
     */
    int begin(Subject subject) {
        return accounts.begin(subject.hash().bytes(), clock.instant());
    }

    /** The attempt did not fail: all failures are forgotten. */
    void succeeded(Subject subject) {
        accounts.forget(subject.hash().bytes(), clock.instant());
    }

    /**
     * Counts an attempt from a network.
     *
     * @throws TooManyAttempts if it comes too soon; then it is not counted
     */
    void begin(ClientNetwork network) {
        Instant now = clock.instant();
        networks.asMap()
                .compute(
                        network,
                        (key, before) -> {
                            if (before != null && before.lockedUntil().isAfter(now)) {
                                throw new TooManyAttempts(
                                        Duration.between(now, before.lockedUntil()));
                            }
                            return after(before, now);
                        });
    }

    /** The attempt did not fail: it is taken back, those of others in that network are not. */
    void succeeded(ClientNetwork network) {
        networks.asMap()
                .computeIfPresent(
                        network,
                        (key, failures) ->
                                new Failures(
                                        Math.max(0, failures.count() - 1),
                                        failures.at(),
                                        Instant.EPOCH));
    }

    /** As after a restart. */
    void forgetNetworks() {
        networks.invalidateAll();
    }

    private static Failures after(@Nullable Failures before, Instant now) {
        int count = 1;
        if (before != null && before.at().plus(Delay.MEMORY).isAfter(now)) {
            count = before.count() + 1;
        }
        return new Failures(count, now, now.plus(Delay.after(count, FREE_FOR_A_NETWORK)));
    }
}
