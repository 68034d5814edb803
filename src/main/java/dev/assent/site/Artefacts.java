// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assent.account.Isolation;
import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonObject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The canonical documents of all published versions, found by their hash. */
@Singleton
public class Artefacts {
    private final ArtefactRepository artefacts;
    private final PolicyRepository policies;
    private final Isolation isolation;

    /** Where artefacts are in the log: for good, and every proof bundle asks. */
    private final Cache<Hash, Optional<Long>> indexes =
            Caffeine.newBuilder().maximumSize(10_000).build();

    Artefacts(ArtefactRepository artefacts, PolicyRepository policies, Isolation isolation) {
        this.artefacts = artefacts;
        this.policies = policies;
        this.isolation = isolation;
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
        Optional<Long> known = indexes.getIfPresent(sha256);
        if (known != null) {
            return known;
        }
        Optional<Long> found = isolation.publicly(() -> policies.findLogIndex(sha256));
        if (found.isPresent()) {
            indexes.put(sha256, found);
        }
        return found;
    }
}
