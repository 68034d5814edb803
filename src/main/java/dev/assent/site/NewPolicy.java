// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wish to publish a site's draft.
 *
 * @param material whether visitors who answered an earlier version are asked again
 * @param reason why, in the owner's words, 1 to 2000 characters; public for ever
 * @param effectiveAt from when; absent: at once
 * @param announceDays how many days before {@code effectiveAt} visitors begin to be told, 1 to 90;
 *     absent: they are not
 */
public record NewPolicy(
        boolean material,
        String reason,
        @Nullable Instant effectiveAt,
        @Nullable Integer announceDays) {
    private static final int MAX_ANNOUNCE_DAYS = 90;
    private static final int MAX_BYTES = 16 * 1024;

    /** What it is, in words. */
    static final String WHAT = "publication";

    /**
     * Reads a wish as it is sent.
     *
     * @throws dev.assent.web.ProblemException 400, 413, or 422 with every fault
     */
    public static NewPolicy parse(byte[] body) {
        return JsonForm.read(
                body,
                WHAT,
                MAX_BYTES,
                form ->
                        new NewPolicy(
                                form.requiredBool("material"),
                                form.requiredText("reason", 2000),
                                effectiveAt(form),
                                announceDays(form)));
    }

    private static @Nullable Integer announceDays(JsonForm form) {
        if (!form.has("announceDays")) {
            return null;
        }
        if (!form.has("effectiveAt")) {
            form.fault(
                    "announceDays",
                    "expected effectiveAt with it: what is live at once cannot" + " be announced");
        }
        return (int) form.integer("announceDays", 1, MAX_ANNOUNCE_DAYS, 1);
    }

    private static @Nullable Instant effectiveAt(JsonForm form) {
        Optional<String> text = form.text("effectiveAt", 40);
        try {
            return text.map(Instant::parse).orElse(null);
        } catch (DateTimeParseException e) {
            form.fault("effectiveAt", "expected a time such as 2027-01-31T09:00:00Z");
            return null;
        }
    }
}
