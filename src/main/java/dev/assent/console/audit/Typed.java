// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Refusal;
import io.micronaut.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads what was typed into the fields of the workspace. */
final class Typed {
    private static final String DAY = "Give a day such as 2026-11-21, or leave it empty.";
    private static final int LAST_YEAR = 9998;

    private Typed() {}

    /** A parameter of the address; empty if it is not there. */
    static String parameter(HttpRequest<?> request, String name) {
        return request.getParameters().get(name, String.class).orElse("").strip();
    }

    /**
     * The first moment of a day in UTC, or of one some days later.
     *
     * @return nothing where nothing was typed
     * @throws Refusal at {@code field} if it is no day
     */
    static @Nullable Instant day(String field, String typed, int later) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1 && day.getYear() <= LAST_YEAR) {
                return day.plusDays(later).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
        } catch (DateTimeException e) {
            throw new Refusal(field, DAY);
        }
        throw new Refusal(field, DAY);
    }

    /**
     * A whole number without a sign.
     *
     * @throws Refusal at {@code field} with {@code reason} if it is none, or too large for any use
     */
    static long number(String field, String typed, String reason) {
        if (!typed.strip().matches("[0-9]{1,15}")) {
            throw new Refusal(field, reason);
        }
        return Long.parseLong(typed.strip());
    }
}
