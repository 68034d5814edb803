// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.web.PublicUrl;
import jakarta.inject.Singleton;

/** The few lines that say where to go, for whoever has just started the service in a terminal. */
@Singleton
final class Welcome {
    private final PublicUrl url;
    private final FirstKeys keys;

    Welcome(PublicUrl url, FirstKeys keys) {
        this.url = url;
        this.keys = keys;
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
                  Check a receipt             %s
                  API documentation           %s
                """
                        .formatted(url.of("/demo"), url.of("/verify"), url.of("/docs"));
        return keys.file()
                .map(file -> text + "  Operator's API key          in the file " + file + "\n\n")
                .orElse(text + "\n");
    }
}
