// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.account.SetUp;
import dev.assent.web.PublicUrl;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few lines that say where to go, for whoever has just started the service in a terminal. */
@Singleton
final class Welcome {
    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    private final PublicUrl url;
    private final FirstKeys keys;
    private final SetUp setUp;

    Welcome(PublicUrl url, FirstKeys keys, SetUp setUp) {
        this.url = url;
        this.keys = keys;
        this.setUp = setUp;
    }

    /** With a log for programs, the link of the set-up alone, which is found nowhere else. */
    void print() {
        if (!"json".equals(System.getenv("ASSENT_LOG"))) {
            System.out.print(text());
            System.out.flush();
        } else {
            setUp.link()
                    .ifPresent(link -> LOG.info("set up the console, within 24 hours: {}", link));
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
        String key =
                keys.file()
                        .map(file -> "  Operator's API key          in the file " + file + "\n")
                        .orElse("");
        return text + key + "\n" + console() + "\n";
    }

    private String console() {
        return setUp.link()
                .map(link -> "  Set up the console, once, within 24 hours:\n  " + link + "\n")
                .orElse("  Console                     " + url.of("/console") + "\n");
    }
}
