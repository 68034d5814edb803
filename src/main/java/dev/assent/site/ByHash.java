// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assent.web.Background;
import dev.assent.web.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What has its content's hash for a name and so never changes: the latest asked for, in memory. */
final class ByHash<N, T> {
    private static final int ENTRY_BYTES = 200;

    private final Function<N, Optional<T>> loader;
    private final AsyncCache<N, Optional<T>> known;

    /**
     * @param bytes of memory at most, about
     * @param size of one, in bytes
     * @param loader blocks
     */
    ByHash(
            long bytes,
            ToIntFunction<T> size,
            Function<N, Optional<T>> loader,
            Background background) {
        this.loader = loader;
        this.known =
                Caffeine.newBuilder()
                        .maximumWeight(bytes)
                        .weigher((N name, Optional<T> found) ->
                                ENTRY_BYTES + found.map(size::applyAsInt).orElse(0))
                        .executor(background)
                        .buildAsync();
    }

    /**
     * Complete already where it is in memory; else another thread completes it, with a {@link
     * ProblemException} (503) if it cannot be had now.
     */
    CompletableFuture<Optional<T>> find(N name) {
        return LiveScripts.limited(known.get(name, loader))
                .whenComplete((found, failure) -> {
                    // It may be published in a moment.
                    if (found != null && found.isEmpty()) {
                        known.synchronous().invalidate(name);
                    }
                });
    }

    /** What is in memory. */
    @Nullable T inMemory(N name) {
        CompletableFuture<Optional<T>> found = known.getIfPresent(name);
        return found == null || found.isCompletedExceptionally()
                ? null
                : found.getNow(Optional.empty()).orElse(null);
    }
}
