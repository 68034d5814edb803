// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assent.merkle.Hash;
import dev.assent.web.Detached;
import dev.assent.web.ProblemException;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Parts of the widget by their hash, compressed once by each node. A script goes on asking for the
 * part that it was published with, so those of earlier builds are here too.
 */
@Singleton
final class WidgetParts {
    private static final long MEMORY_BYTES = 16L << 20;
    private static final int ENTRY_BYTES = 200;

    private final ScriptLoader loader;
    private final AsyncCache<Hash, Optional<ServedScript>> parts;

    WidgetParts(ScriptLoader loader, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.loader = loader;
        this.parts =
                Caffeine.newBuilder()
                        .maximumWeight(MEMORY_BYTES)
                        .weigher((Hash name, Optional<ServedScript> part) ->
                                ENTRY_BYTES + part.map(ServedScript::size).orElse(0))
                        .executor(Detached.on(blocking))
                        .buildAsync();
    }

    /**
     * The part whose SHA-256 is {@code sha256}; empty if nothing was published with it. Complete
     * already where this node has it; else another thread completes it, with a {@link
     * ProblemException} (503) if the database is out of reach.
     */
    CompletableFuture<Optional<ServedScript>> find(Hash sha256) {
        return SiteScripts.limited(parts.get(sha256, loader::part))
                .whenComplete((found, failure) -> {
                    // Another node may be newer, and publish with it in a moment.
                    if (found != null && found.isEmpty()) {
                        parts.synchronous().invalidate(sha256);
                    }
                });
    }
}
