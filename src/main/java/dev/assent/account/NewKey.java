// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * A key that is asked for.
 *
 * @param name for people, 1 to 200 characters
 * @param scopes what it shall open, at least one
 */
record NewKey(String name, SequencedSet<Scope> scopes) {
    private static final int MAX_BYTES = 8 * 1024;

    /** A key that opens everything. */
    static NewKey ofAll(String name) {
        return new NewKey(name, new LinkedHashSet<>(List.of(Scope.values())));
    }

    static NewKey parse(byte[] body) {
        return JsonForm.read(
                body,
                "key",
                MAX_BYTES,
                form -> new NewKey(form.requiredText("name", 200), scopes(form)));
    }

    String[] words() {
        return scopes.stream().map(Scope::word).toArray(String[]::new);
    }

    private static SequencedSet<Scope> scopes(JsonForm form) {
        var scopes = new LinkedHashSet<Scope>();
        Map<Integer, String> words = form.texts("scopes", Scope.values().length, 100);
        words.forEach((place, word) ->
                Scope.of(word)
                        .ifPresentOrElse(
                                scopes::add, () -> form.fault("scopes/" + place, expected())));
        if (form.required("scopes") && form.isEmptyArray("scopes")) {
            form.fault("scopes", "expected at least one scope");
        }
        return scopes;
    }

    private static String expected() {
        List<String> words = Arrays.stream(Scope.values()).map(Scope::word).toList();
        return "expected one of " + String.join(", ", words);
    }
}
