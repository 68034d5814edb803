// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.web.PublicUrl;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The few lines that say where to go, for whoever has just started the service in a terminal. */
@Singleton
final class Welcome {
    private final PublicUrl url;
    private final @Nullable String adminKeyFile;

    Welcome(
            PublicUrl url,
            @Nullable @Property(name = "assent.admin-key-file") String adminKeyFile) {
        this.url = url;
        this.adminKeyFile = adminKeyFile;
    }

    void print() {
        if (!"json".equals(System.getenv("ASSENT_LOG"))) {
            System.out.print(text());
            System.out.flush();
        }
    }

    String text() {
        String text =
                """

                Assent is ready.

                  Demo shop with the banner   %s
                  API documentation           %s
                """
                        .formatted(url.of("/demo"), url.of("/docs"));
        return adminKeyFile == null
                ? text + "\n"
                : text + "  Operator's API key          in the file " + adminKeyFile + "\n\n";
    }
}
