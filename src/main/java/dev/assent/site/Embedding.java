// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import java.util.Base64;
import java.util.List;

/**
 * What a site's pages carry.
 *
 * @param version live now; 0 while there is none, and then the rest is empty
 * @param sha256 of the live script with all languages, hexadecimal
 * @param integrity of the same, as the attribute takes it (W3C SRI): {@code sha256-…}
 * @param languages BCP 47, in which the live version speaks, in alphabetical order
 */
public record Embedding(int version, String sha256, String integrity, List<String> languages) {
    /** Before anything is published. */
    public static final Embedding NONE = new Embedding(0, "", "", List.of());

    public Embedding {
        languages = List.copyOf(languages);
    }

    static Embedding of(PolicyVersion version, ServedScript script) {
        Hash sha256 = script.sha256();
        return new Embedding(
                version.version(),
                sha256.hex(),
                "sha256-" + Base64.getEncoder().encodeToString(sha256.bytes()),
                version.languages().stream().sorted().toList());
    }
}
