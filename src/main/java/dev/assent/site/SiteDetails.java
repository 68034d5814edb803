// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import java.time.Period;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an owner says of a site.
 *
 * @param name 1 to 200 characters
 * @param origins 1 to 100, each as {@link Origins} writes it
 * @param cookieDomain a host name without a leading dot; absent: the visited host alone
 * @param retention a day to ten years
 */
public record SiteDetails(
        String name, List<String> origins, @Nullable String cookieDomain, Period retention) {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_ORIGINS = 100;
    private static final Period RETENTION = Period.ofMonths(24);
    private static final Period LONGEST = Period.ofYears(10);
    private static final String WHAT = "site";

    public SiteDetails {
        origins = List.copyOf(origins);
    }

    /**
     * A site that keeps its records for two years after they have expired; an origin given twice
     * counts once.
     */
    public static SiteDetails of(String name, List<String> origins) {
        List<String> normal =
                origins.stream().map(o -> Origins.normalise(o).orElseThrow()).distinct().toList();
        return new SiteDetails(name, normal, null, RETENTION);
    }

    /** Reads a new site. */
    static SiteDetails parse(byte[] body) {
        return JsonForm.read(body, WHAT, MAX_BYTES, SiteDetails::read);
    }

    /** Reads what changes of {@code site}; what is not named stays. */
    static SiteDetails parseChange(byte[] body, Site site) {
        return JsonForm.read(body, WHAT, MAX_BYTES, form -> change(form, site));
    }

    private static SiteDetails read(JsonForm form) {
        form.required("origins");
        List<String> origins = origins(form);
        return new SiteDetails(
                form.requiredText("name", 200),
                origins,
                cookieDomain(form, origins, null),
                retention(form, RETENTION));
    }

    private static SiteDetails change(JsonForm form, Site site) {
        List<String> origins = form.has("origins") ? origins(form) : site.origins();
        return new SiteDetails(
                form.text("name", 200).orElse(site.name()),
                origins,
                cookieDomain(form, origins, site.cookieDomain()),
                retention(form, site.retention()));
    }

    private static List<String> origins(JsonForm form) {
        var origins = new LinkedHashSet<String>();
        Map<Integer, String> given = form.texts("origins", MAX_ORIGINS, 300);
        given.forEach((place, text) ->
                Origins.normalise(text)
                        .ifPresentOrElse(
                                origins::add,
                                () ->
                                        form.fault(
                                                "origins/" + place,
                                                "expected an origin such as"
                                                        + " https://www.example.com or"
                                                        + " https://*.example.com: http:// or"
                                                        + " https://, a host, no path")));
        if (form.isEmptyArray("origins")) {
            form.fault("origins", "expected at least one origin");
        }
        return List.copyOf(origins);
    }

    /** An empty text takes the domain away. */
    private static @Nullable String cookieDomain(
            JsonForm form, List<String> origins, @Nullable String before) {
        Optional<String> text = form.textOrEmpty("cookieDomain", 253);
        if (text.isEmpty()) {
            return before;
        }
        if (text.get().isEmpty()) {
            return null;
        }
        Optional<String> domain = Origins.domain(text.get());
        if (domain.isEmpty()) {
            form.fault("cookieDomain", "expected a domain such as example.com");
        } else if (origins.stream().noneMatch(origin -> Origins.isUnder(origin, domain.get()))) {
            form.fault("cookieDomain", "no origin of the site lies under it");
        }
        return domain.orElse(null);
    }

    private static Period retention(JsonForm form, Period before) {
        Optional<String> text = form.text("retention", 20);
        Optional<Period> period = text.flatMap(Periods::parse);
        boolean good =
                period.filter(p -> Periods.shortestDays(p) >= 1)
                        .filter(p -> Periods.isWithin(p, LONGEST))
                        .isPresent();
        if (text.isPresent() && !good) {
            form.fault("retention", "expected an ISO 8601 period from P1D to P10Y");
        }
        return period.orElse(before);
    }
}
