// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The address by which visitors and auditors reach this service, {@code ASSENT_PUBLIC_URL}; where
 * none is set, {@code http://localhost:PORT}. Every link in an answer begins with it.
 */
@Singleton
public final class PublicUrl {
    private final @Nullable URI configured;
    private final Provider<EmbeddedServer> server;

    PublicUrl(
            @Nullable @Property(name = "assent.public-url") String configured,
            Provider<EmbeddedServer> server) {
        this.configured = configured == null || configured.isBlank() ? null : parse(configured);
        this.server = server;
    }

    /** Without a slash at its end, such as {@code https://consent.example.com}. */
    public URI uri() {
        return configured != null
                ? configured
                : URI.create("http://localhost:" + server.get().getPort());
    }

    /** The absolute form of {@code path}, which begins with a slash. */
    public String of(String path) {
        return uri() + path;
    }

    private static URI parse(String text) {
        URI uri = URI.create(text.strip().replaceAll("/+$", ""));
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    "ASSENT_PUBLIC_URL must look like https://consent.example.com, not " + text);
        }
        return uri;
    }
}
