// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.Background;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Parts of the widget by their hash, compressed once by each node. A script goes on asking for the
 * part that it was published with, so those of earlier builds are here too.
 */
@Singleton
final class WidgetParts {
    private static final long MEMORY_BYTES = 16L << 20;

    private final ByHash<Hash, ServedScript> parts;

    WidgetParts(ScriptLoader loader, Background background) {
        this.parts = new ByHash<>(MEMORY_BYTES, ServedScript::size, loader::part, background);
    }

    /** The part whose SHA-256 is {@code sha256}; empty if nothing was published with it. */
    CompletableFuture<Optional<ServedScript>> find(Hash sha256) {
        return parts.find(sha256);
    }
}
