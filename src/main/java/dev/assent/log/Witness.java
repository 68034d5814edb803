// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteVerifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody else who watches that our log only grows.
 *
 * @param key theirs, for cosignatures
 * @param submission the address that {@code /add-checkpoint} is appended to; no slash at its end
 */
record Witness(NoteVerifier key, URI submission) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MAX_PORT = 0xffff;

    /**
     * @param url as an operator writes it, http or https
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Witness of(NoteVerifier key, String url) {
        URI uri = parse(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || uri.getHost() == null || uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("is not http://HOST or https://HOST");
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has a user, a query or a fragment");
        }
        return new Witness(key, URI.create(url.replaceFirst("/+$", "")));
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL");
        }
    }

    String name() {
        return key.name();
    }

    URI addCheckpoint() {
        return URI.create(submission + "/add-checkpoint");
    }
}
