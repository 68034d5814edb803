// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import java.util.Locale;
import java.util.Optional;

/** What the visitor did. */
enum Action {
    ACCEPT_ALL,
    REJECT_ALL,
    SAVE,
    WITHDRAW,
    /** The browser's Global Privacy Control did it for the visitor; it only ever switches off. */
    GPC;

    /** As it stands in JSON and SQL, such as {@code accept_all}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an index finds it: the migration that made {@code consent_record_rare_action}. */
    static boolean isRare(String word) {
        return of(word).filter(it -> it != ACCEPT_ALL && it != REJECT_ALL).isPresent();
    }

    static Optional<Action> of(String word) {
        for (Action action : values()) {
            if (action.word().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
