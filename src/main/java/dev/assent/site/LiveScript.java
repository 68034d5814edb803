// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows of a site, and for how long. Times are milliseconds since 1970.
 *
 * @param script of the live version; absent if the site asks nobody: there is none, it is removed,
 *     nothing is published
 * @param version the live version's number; 0 without one
 * @param languages the scripts with one language each, by name
 * @param staleAt from then on it is looked up anew, and given out meanwhile
 * @param expiredAt from then on whoever asks waits for the new state, not before {@code staleAt}
 */
record LiveScript(
        @Nullable ServedScript script,
        int version,
        ScriptLanguages languages,
        long staleAt,
        long expiredAt) {
    /** How long a node believes that there is nothing, where nobody tells it otherwise. */
    private static final Duration NOTHING = Duration.ofSeconds(5);

    /** How long until a version that waits for the log is asked for again. */
    private static final Duration AWAITED = Duration.ofMillis(500);

    /** How long a state is used on after the database could not be asked. */
    private static final Duration POSTPONED = Duration.ofSeconds(1);

    /** What a site is without a live version. */
    static LiveScript nothing(Instant now, boolean awaited) {
        long at = now.plus(awaited ? AWAITED : NOTHING).toEpochMilli();
        return new LiveScript(null, 0, ScriptLanguages.NONE, at, at);
    }

    /**
     * A live version, looked up again after half of {@code refresh} while it is asked for, and
     * expired after all of it or when the next version goes live.
     */
    static LiveScript of(
            ServedScript script, Instant now, Duration refresh, ScriptStore.Published published) {
        Instant stale = now.plus(published.awaited() ? AWAITED : refresh.dividedBy(2));
        Instant expired = now.plus(published.awaited() ? AWAITED.multipliedBy(2) : refresh);
        Instant next = published.nextAt();
        if (next != null && next.isBefore(expired)) {
            expired = next;
            stale = next.isBefore(stale) ? next : stale;
        }
        return new LiveScript(
                script,
                published.version(),
                published.languages(),
                stale.toEpochMilli(),
                expired.toEpochMilli());
    }

    boolean isStale(long now) {
        return now >= staleAt;
    }

    boolean isExpired(long now) {
        return now >= expiredAt;
    }

    /** The same, believed no longer. */
    LiveScript outdated() {
        return new LiveScript(script, version, languages, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** The same, after the database could not be asked: better than nothing until it can be. */
    LiveScript postponed(long now) {
        return new LiveScript(
                script, version, languages, now + POSTPONED.toMillis(), Long.MAX_VALUE);
    }

    /** Bytes of memory, about. */
    int size() {
        return 200 + languages.size() + (script == null ? 0 : script.size());
    }
}
