// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.account.Refusal;
import dev.assent.web.FetchException;
import dev.assent.web.GuardedPost;
import jakarta.inject.Singleton;
import java.net.URI;

/** What is accepted as the address of a webhook. */
@Singleton
final class WebhookAddress {
    private static final int MAX_LENGTH = 2000;
    private static final String FORM = "Give an address such as https://www.example.com/consents.";

    private final GuardedPost post;

    WebhookAddress(GuardedPost post) {
        this.post = post;
    }

    /**
     * The address, trimmed.
     *
     * @throws Refusal if it is none, or none that is gone to
     */
    String check(String typed) {
        String text = typed.strip();
        boolean ascii = text.chars().allMatch(c -> c > ' ' && c < 127);
        if (text.isEmpty() || text.length() > MAX_LENGTH || !ascii) {
            throw new Refusal("url", FORM);
        }
        try {
            URI address = URI.create(text);
            if (!address.isAbsolute()
                    || address.getHost() == null
                    || address.getFragment() != null) {
                throw new Refusal("url", FORM);
            }
            post.check(address);
        } catch (IllegalArgumentException e) {
            throw new Refusal("url", FORM);
        } catch (FetchException e) {
            throw new Refusal("url", e.reason());
        }
        return text;
    }
}
