// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
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

    private final ByHash<Hash, ServedScript> parts;

    WidgetParts(ScriptLoader loader, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.parts = new ByHash<>(MEMORY_BYTES, ServedScript::size, loader::part, blocking);
    }

    /** The part whose SHA-256 is {@code sha256}; empty if nothing was published with it. */
    CompletableFuture<Optional<ServedScript>> find(Hash sha256) {
        return parts.find(sha256);
    }
}
