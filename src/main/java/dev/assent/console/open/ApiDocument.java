// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.open;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The OpenAPI document that the build wrote from the controllers; read once. */
@Singleton
final class ApiDocument {
    private static final String RESOURCE = "/META-INF/swagger/openapi.yml";

    private final byte[] yaml;
    private final DocsPage page;

    ApiDocument() {
        this.yaml = read();
        this.page = ApiReader.read(yaml);
    }

    /** As the build wrote it, UTF-8. */
    byte[] yaml() {
        return yaml;
    }

    DocsPage page() {
        return page;
    }

    private static byte[] read() {
        try (InputStream stream = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the build left no " + RESOURCE);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
