// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.Background;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Artefacts as visitors' browsers fetch them: compressed once by each node while asked for. */
@Singleton
final class ArtefactEncodings {
    private static final long MEMORY_BYTES = 32L << 20;

    private final ByHash<Hash, Encodings> artefacts;

    ArtefactEncodings(Artefacts stored, Background background) {
        this.artefacts =
                new ByHash<>(
                        MEMORY_BYTES,
                        Encodings::size,
                        name -> stored.find(name).map(Encodings::soon),
                        background);
    }

    /** The document whose SHA-256 is {@code sha256}; in every form the bytes that were hashed. */
    CompletableFuture<Optional<Encodings>> find(Hash sha256) {
        return artefacts.find(sha256);
    }
}
