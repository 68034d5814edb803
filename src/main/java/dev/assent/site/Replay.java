// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import java.time.Instant;
import java.util.List;

/**
 * What a version's visitors were shown, ready to be drawn again.
 *
 * <p>The array is shared, not copied: whoever reads it must not write to it.
 *
 * @param siteKey of the site that asked, which may be removed by now
 * @param controller its name; empty where the policy names none
 * @param languages BCP 47, in order of UTF-16 code units; at least one
 * @param reason why it was published, in the owner's words
 * @param artefact hash of the document
 * @param widget hash of the widget's core, as the document names it
 * @param script that core with the document's payload, in all languages; JavaScript, UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // found by its hash, compared never
public record Replay(
        String siteKey,
        int version,
        String controller,
        List<String> languages,
        String defaultLanguage,
        String reason,
        Instant publishedAt,
        Instant effectiveAt,
        Hash artefact,
        Hash widget,
        byte[] script) {

    public Replay {
        languages = List.copyOf(languages);
    }

    /** The language that a visitor who wanted {@code wanted} was shown, whatever that is. */
    public String languageFor(String wanted) {
        return Languages.nearest(languages, defaultLanguage, wanted);
    }

    /** The value of {@code dir} for {@code language}. */
    public String direction(String language) {
        return Languages.direction(language);
    }

    /** Bytes of memory, about. */
    int size() {
        return script.length;
    }
}
