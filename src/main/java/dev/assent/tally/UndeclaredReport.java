// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.account.JsonForm;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The undeclared names that one page view found, by where they are kept.
 *
 * @param version of the policy that declares none of them
 */
@Introspected
@Schema(name = "UndeclaredTrackers")
record UndeclaredReport(
        long version, List<String> cookie, List<String> localStorage, List<String> sessionStorage) {
    static final int MAX_BYTES = 8192;

    /** More names in one report are not read. */
    static final int MAX_NAMES = 20;

    private static final int LONGEST_SENT = 256;

    UndeclaredReport {
        cookie = List.copyOf(cookie);
        localStorage = List.copyOf(localStorage);
        sessionStorage = List.copyOf(sessionStorage);
    }

    static UndeclaredReport read(byte[] body) {
        return JsonForm.read(
                body,
                "count",
                MAX_BYTES,
                form -> {
                    form.required("version");
                    return new UndeclaredReport(
                            form.integer("version", 1, Integer.MAX_VALUE, 1),
                            names(form, "cookie"),
                            names(form, "localStorage"),
                            names(form, "sessionStorage"));
                });
    }

    private static List<String> names(JsonForm form, String type) {
        return List.copyOf(form.texts(type, MAX_NAMES, LONGEST_SENT).values());
    }

    /** The first {@value #MAX_NAMES} of them, masked, without our own, by where they are kept. */
    Set<Name> masked() {
        Set<Name> masked = new TreeSet<>();
        for (var kept :
                Map.of(
                                "cookie",
                                cookie,
                                "localStorage",
                                localStorage,
                                "sessionStorage",
                                sessionStorage)
                        .entrySet()) {
            for (String name : kept.getValue()) {
                if (masked.size() < MAX_NAMES && !name.matches("assent(\\..*)?")) {
                    masked.add(new Name(kept.getKey(), MaskedName.of(name)));
                }
            }
        }
        return masked;
    }

    /** A masked name and where it is kept. */
    record Name(String type, String name) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byType = type.compareTo(other.type);
            return byType == 0 ? name.compareTo(other.name) : byType;
        }
    }
}
