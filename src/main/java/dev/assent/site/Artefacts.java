// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonObject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The canonical documents of all published versions, found by their hash. */
@Singleton
public class Artefacts {
    private final ArtefactRepository artefacts;

    Artefacts(ArtefactRepository artefacts) {
        this.artefacts = artefacts;
    }

    /** The document whose SHA-256 is {@code sha256}: the bytes that were hashed, UTF-8. */
    public Optional<byte[]> find(Hash sha256) {
        return artefacts.find(sha256.bytes()).map(ArtefactRepository.Row::document);
    }

    /**
     * What the document says whose SHA-256 is {@code sha256}, as a record or a version names it.
     *
     * @throws IllegalStateException if there is none, or it is not what was written
     */
    public JsonObject read(Hash sha256) {
        return find(sha256)
                .map(Artefact::parse)
                .orElseThrow(() -> new IllegalStateException("no artefact " + sha256));
    }

    /** The index of the entry that put this artefact into the log. */
    public Optional<Long> index(Hash sha256) {
        return artefacts.findLogIndex(sha256.bytes());
    }
}
