// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.merkle.Hash;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Who has signed in and has not signed out. A session ends after {@link OperatorSession#IDLE} of
 * idleness and after {@link OperatorSession#LONGEST} in any case. PostgreSQL is written first and
 * asked last: Redis answers for a minute.
 */
@Singleton
public class Sessions {
    /** How exactly is known when a session was last used. */
    private static final Duration GRAIN = Duration.ofMinutes(5);

    private static final int MAX_BROWSER = 100;

    private final SessionRepository sessions;
    private final SessionCache cache;
    private final InstantSource clock;

    Sessions(SessionRepository sessions, SessionCache cache, InstantSource clock) {
        this.sessions = sessions;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * A session as its operator sees it.
     *
     * @param browser in coarse words
     */
    @Introspected
    public record Listed(long id, String browser, Instant createdAt, Instant seenAt) {}

    /** Who is signed in by {@code token}; empty if it is unknown, over, or awaits a code. */
    public Optional<SignedIn> find(Token token) {
        return load(token).filter(session -> !session.awaitsCode()).map(s -> s.signedIn(token));
    }

    /** The session that has had its password and awaits its code. */
    Optional<OperatorSession> awaitingCode(Token token) {
        return load(token).filter(OperatorSession::awaitsCode);
    }

    /** Makes a session; its token is told nowhere else. */
    @Transactional
    Token open(long operatorId, Membership where, boolean awaitsCode, String browser) {
        Instant now = clock.instant();
        Token token = Token.random();
        sessions.removeOld(now.minus(OperatorSession.LONGEST));
        sessions.insert(
                token.hash().bytes(),
                operatorId,
                where.organizationId(),
                where.role(),
                awaitsCode,
                browser.substring(0, Math.min(MAX_BROWSER, browser.length())),
                now);
        return token;
    }

    /** Ends the session of {@code token}, if there is one. */
    public void end(Token token) {
        sessions.removeByHash(token.hash().bytes());
        cache.remove(token.hash());
    }

    /** One's own sessions, the one used last first. */
    public List<Listed> list(SignedIn me) {
        Instant now = clock.instant();
        return sessions.list(me.operatorId()).stream()
                .filter(session -> isLive(session, now))
                .toList();
    }

    /**
     * Ends one of one's own sessions.
     *
     * @return false if there is none of this id
     */
    public boolean end(SignedIn me, long id) {
        List<String> before = sessions.hashes(me.operatorId());
        boolean ended = sessions.remove(me.operatorId(), id) > 0;
        forget(before);
        return ended;
    }

    /** Ends all sessions of the operator but this one. */
    public void endOthers(SignedIn me) {
        endAll(me.operatorId(), me.sessionId());
    }

    /** Ends all sessions of an operator. */
    void endAll(long operatorId) {
        endAll(operatorId, -1);
    }

    /**
     * Has the next request of each of the operator's sessions ask the database, once what is
     * returned is run: after the commit of what changes them.
     */
    Runnable refreshing(long operatorId) {
        List<String> before = sessions.hashes(operatorId);
        return () -> forget(before);
    }

    private void endAll(long operatorId, long except) {
        List<String> before = sessions.hashes(operatorId);
        sessions.removeOthers(operatorId, except);
        forget(before);
    }

    private void forget(List<String> hashes) {
        hashes.forEach(hash -> cache.remove(Hash.fromHex(hash)));
    }

    private Optional<OperatorSession> load(Token token) {
        Hash hash = token.hash();
        Instant now = clock.instant();
        Optional<OperatorSession> cached = cache.get(hash, now);
        if (cached.isPresent()) {
            return cached.filter(session -> !session.isOver(now));
        }
        Optional<OperatorSession> stored =
                sessions.findByHash(hash.bytes()).filter(session -> !session.isOver(now));
        stored.ifPresent(session -> {
            if (session.seenAt().plus(GRAIN).isBefore(now)) {
                sessions.see(session.id(), now);
            }
            cache.put(hash, session, now);
        });
        return stored;
    }

    private static boolean isLive(Listed session, Instant now) {
        return now.isBefore(session.createdAt().plus(OperatorSession.LONGEST))
                && now.isBefore(session.seenAt().plus(OperatorSession.IDLE));
    }
}
