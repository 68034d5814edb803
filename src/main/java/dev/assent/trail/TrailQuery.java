// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import dev.assent.account.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in the trail; what is empty does not matter.
 *
 * @param who part of a name or an address of an operator, or of a key's name
 * @param action such as {@code role-changed}
 * @param day in UTC, as {@code 2026-11-22}
 */
public record TrailQuery(String who, String action, String day) {
    private static final int MAX_WHO = 254;

    public boolean isEmpty() {
        return who.isEmpty() && action.isEmpty() && day.isEmpty();
    }

    /**
     * Returns if it can be looked for.
     *
     * @throws Refusal naming the field, if not
     */
    public void check() {
        if (who.length() > MAX_WHO) {
            throw new Refusal("who", "Give at most 254 characters.");
        }
        if (!action.matches("([a-z]+(-[a-z]+)*)?") || action.length() > 60) {
            throw new Refusal("action", "Choose one of the list.");
        }
        from();
    }

    /** The first moment of the day; absent if none is asked for. */
    @Nullable Instant from() {
        if (day.isEmpty()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(day);
            if (date.getYear() < 1 || date.getYear() > 9998) {
                throw new Refusal("day", "Give a day such as 2026-11-22.");
            }
            return date.atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new Refusal("day", "Give a day such as 2026-11-22.");
        }
    }

    /** For {@code ilike}; {@code %} and {@code _} stand for themselves. */
    String pattern() {
        return "%" + who.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
