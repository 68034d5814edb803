// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a webhook can be told of. */
public enum EventType {
    RECORDED("consent.recorded", "Somebody answered: accepted, refused, chose or signalled"),
    WITHDRAWN("consent.withdrawn", "Somebody took their consent back"),
    ERASED("consent.erased", "Records were erased, at a request or because their time was over"),
    PUBLISHED("policy.published", "A version of the policy was published");

    /** The type of a message that an operator sends to try it out; no webhook chooses it. */
    static final String TEST = "webhook.test";

    private final String word;
    private final String words;

    EventType(String word, String words) {
        this.word = word;
        this.words = words;
    }

    /** As it stands in messages and in the database, such as {@code consent.recorded}. */
    public String word() {
        return word;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** All words, in the order of this list. */
    public static List<String> all() {
        return Arrays.stream(values()).map(EventType::word).toList();
    }

    static Optional<EventType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
