// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Gets scripts that are not in memory. Only a few at a time: who asks for many sites that do not
 * exist must not take the database from those who record choices.
 */
@Singleton
final class ScriptLoader {
    private static final int AT_A_TIME = 4;

    private final PackedWidget widget;
    private final ScriptStore store;
    private final RedisScripts redis;
    private final InstantSource clock;
    private final Timer timer;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    ScriptLoader(
            PackedWidget widget,
            ScriptStore store,
            RedisScripts redis,
            InstantSource clock,
            MeterRegistry metrics) {
        this.widget = widget;
        this.store = store;
        this.redis = redis;
        this.clock = clock;
        this.timer = metrics.timer("assent.script.lookups");
    }

    /**
     * The state of a site. Blocks; fails if the database is out of reach.
     *
     * @param known the script of an earlier state, whose bytes need not be read again
     */
    LiveScript load(String siteKey, @Nullable ServedScript known, Duration refresh) {
        return timed(() -> {
            Instant now = clock.instant();
            var published = store.published(siteKey).orElse(null);
            if (published == null || published.live() == null) {
                return LiveScript.nothing(now, published != null && published.awaited());
            }
            ScriptStore.Script script = published.live();
            ServedScript served =
                    known != null && known.sha256().equals(script.sha256())
                            ? known
                            : read(siteKey, script);
            return LiveScript.of(served, now, refresh, published);
        });
    }

    /** A script that is or was live. Blocks; fails if the database is out of reach. */
    Optional<ServedScript> load(String siteKey, Hash sha256) {
        return timed(() -> store.script(siteKey, sha256).map(script -> read(siteKey, script)));
    }

    /** A part of the widget, of the packed build or an earlier one. Blocks; may fail as above. */
    Optional<ServedScript> part(Hash sha256) {
        return timed(() ->
                widget.find(sha256)
                        .or(() -> store.build(sha256))
                        .map(build -> new ServedScript(SiteScript.of(build.script()))));
    }

    private ServedScript read(String siteKey, ScriptStore.Script script) {
        SiteScript bytes =
                redis.get(siteKey, script.sha256())
                        .orElseGet(() -> {
                            SiteScript stored = store.read(script);
                            redis.put(siteKey, stored);
                            return stored;
                        });
        return new ServedScript(bytes);
    }

    private <T> T timed(java.util.function.Supplier<T> lookup) {
        places.acquireUninterruptibly();
        Timer.Sample sample = Timer.start();
        try {
            return lookup.get();
        } finally {
            sample.stop(timer);
            places.release();
        }
    }
}
