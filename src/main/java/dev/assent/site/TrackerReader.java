// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a tracker of a draft. */
final class TrackerReader {
    private static final List<String> TYPES =
            List.of("cookie", "localStorage", "sessionStorage", "indexedDB", "script", "pixel");

    private TrackerReader() {}

    static Tracker read(JsonForm form) {
        form.required("type");
        return new Tracker(
                form.requiredText("name", 200),
                form.oneOf("type", TYPES),
                form.text("provider", 200).orElse(null),
                form.text("domain", 254).orElse(null),
                lifetime(form),
                form.oneOf("match", List.of("exact", "prefix")),
                form.bool("thirdParty", false));
    }

    private static @Nullable String lifetime(JsonForm form) {
        String lifetime = form.text("lifetime", 40).orElse(null);
        if (lifetime != null && !lifetime.equals(Tracker.SESSION) && !isDuration(lifetime)) {
            form.fault(
                    "lifetime", "expected an ISO 8601 duration such as P13M or PT30M, or session");
        }
        return lifetime;
    }

    private static boolean isDuration(String text) {
        if (Periods.parse(text).isPresent()) {
            return true;
        }
        try {
            return text.startsWith("P") && !Duration.parse(text).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
