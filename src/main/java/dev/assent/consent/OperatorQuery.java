// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.ApiKey;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator's routes to records take: a site of their own, and bounds in time. */
@Singleton
final class OperatorQuery {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Sites sites;

    OperatorQuery(Sites sites) {
        this.sites = sites;
    }

    /**
     * The caller's site with this key. Another organization's is as unknown as one that never was;
     * a removed one keeps its records.
     *
     * @throws ProblemException 404 if there is none
     */
    Site site(String siteKey, Authentication caller) {
        return sites.find(siteKey)
                .join()
                .filter(site -> site.organizationId() == ApiKey.of(caller).organizationId())
                .orElseThrow(() -> ProblemException.notFound("site"));
    }

    /**
     * Reads a date, which is its beginning in UTC, or an instant; absent if there is no text.
     *
     * @param parameter its name, for the fault
     * @throws ProblemException 422 for any other text
     */
    static @Nullable Instant instant(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant =
                    text.length() == "2026-11-21".length()
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // The fault below says what was expected.
        }
        throw fault(
                parameter,
                "expected a date such as 2026-11-21 or an instant such as 2026-11-21T10:00:00Z,"
                        + " in the years 1 to 9999");
    }

    /** A 422 that names the parameter. */
    static ProblemException fault(String parameter, String detail) {
        return ProblemException.unacceptable("query", List.of(new Fault("/" + parameter, detail)));
    }
}
