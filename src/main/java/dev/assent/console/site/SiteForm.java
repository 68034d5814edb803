// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.console.Form;
import dev.assent.console.Spans;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.site.Site;
import dev.assent.web.Problem;
import dev.assent.web.ProblemException;
import java.time.Period;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was typed of a site, and what is wrong with it.
 *
 * @param origins one a line
 * @param retention an ISO 8601 period; empty until one is chosen
 * @param faults in words, by field
 */
public record SiteForm(
        String name,
        String origins,
        String cookieDomain,
        String retention,
        Map<String, String> faults) {
    static final SiteForm EMPTY = new SiteForm("", "", "", "", Map.of());

    private static final int LONGEST = 400;
    private static final int LINES = 101;

    /** What may have been meant as an origin: one with a path, or without its scheme. */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<scheme>https?://)?"
                            + "(?<host>localhost|([a-z0-9][a-z0-9-]{0,62}\\.)+[a-z]{2,62})"
                            + "(?<port>:[1-9][0-9]{0,3}|:[1-5][0-9]{4})?([/?#].*)?");

    /** A period to choose. */
    public record Term(String period, String words) {}

    /** What the fields are called, in their order on the page. */
    public static final Map<String, String> LABELS = labels();

    private static final List<Term> TERMS =
            List.of(
                    new Term("P6M", "6 months"),
                    new Term("P1Y", "1 year"),
                    new Term("P2Y", "2 years"),
                    new Term("P3Y", "3 years"),
                    new Term("P5Y", "5 years"),
                    new Term("P10Y", "10 years"));

    public SiteForm {
        // In order: the first is named first.
        faults = new LinkedHashMap<>(faults);
    }

    static SiteForm of(Site site) {
        return new SiteForm(
                site.name(),
                String.join("\n", site.origins()),
                Objects.requireNonNullElse(site.cookieDomain(), ""),
                site.retention().toString(),
                Map.of());
    }

    static SiteForm of(Form form) {
        return new SiteForm(
                form.text("name").strip(),
                form.text("origins"),
                form.text("cookieDomain").strip(),
                form.text("retention"),
                Map.of());
    }

    /** As the API takes it. */
    JsonObject wish() {
        List<JsonValue> lines =
                lines().limit(LINES)
                        .map(line -> (JsonValue) new JsonValue.Text(clipped(line)))
                        .toList();
        return JsonObject.builder()
                .put("name", clipped(name))
                .put("origins", new JsonValue.Array(lines))
                .put("cookieDomain", clipped(cookieDomain))
                .put("retention", clipped(retention))
                .build();
    }

    /** Still too long for any field, so that it is refused there, and short enough to be sent. */
    private static String clipped(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST));
    }

    /**
     * The same with what the answer says of it.
     *
     * @throws ProblemException itself, if it is about anything but the fields
     */
    SiteForm refused(ProblemException refusal) {
        List<Problem.Fault> errors = refusal.problem().errors();
        if (errors == null) {
            throw refusal;
        }
        Map<String, String> words = new LinkedHashMap<>();
        LABELS.keySet().forEach(field -> words.put(field, ""));
        errors.forEach(
                error -> words.merge(field(error), words(error), (a, b) -> (a + " " + b).strip()));
        words.values().removeIf(String::isEmpty);
        return new SiteForm(name, origins, cookieDomain, retention, words);
    }

    /** What is wrong with {@code field}; empty if nothing. */
    public String fault(String field) {
        return faults.getOrDefault(field, "");
    }

    /** The periods to choose from, one that was set otherwise among them. */
    public List<Term> terms() {
        boolean period =
                retention.matches("P(?=.)([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,4}D)?");
        if (!period || !fault("retention").isEmpty()) {
            return TERMS;
        }
        Term own = new Term(retention, Spans.words(Period.parse(retention)));
        Map<String, Term> terms = new LinkedHashMap<>();
        TERMS.forEach(term -> terms.put(term.words(), term));
        // P24M is the same as P2Y, and stays as it was written.
        terms.put(own.words(), own);
        return List.copyOf(terms.values());
    }

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("name", "Name");
        labels.put("origins", "Origins");
        labels.put("cookieDomain", "Cookie domain");
        labels.put("retention", "Keep records for");
        return Collections.unmodifiableMap(labels);
    }

    private Stream<String> lines() {
        return origins.lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    /** Empty where the fault is in no field in particular. */
    private static String field(Problem.Fault fault) {
        String[] path = fault.pointer().split("/", 3);
        return path.length < 2 ? "" : path[1];
    }

    private String words(Problem.Fault fault) {
        String[] path = fault.pointer().split("/", 3);
        if (field(fault).equals("retention")) {
            return "Choose how long records are kept.";
        }
        String detail = fault.detail();
        String sentence =
                detail.substring(0, 1).toUpperCase(Locale.ROOT) + detail.substring(1) + ".";
        return path.length < 3 || !path[2].matches("[0-9]{1,5}")
                ? sentence
                : instead(line(Integer.parseInt(path[2])), detail);
    }

    /**
     * Begins with a word of ours: the page gives it a capital, and what was typed stays as it is.
     */
    private static String instead(String line, String detail) {
        var address = ADDRESS.matcher(line);
        if (!address.matches()) {
            return "Instead of “%s”: %s.".formatted(line, detail);
        }
        String local = address.group("host").equals("localhost") ? "http://" : "https://";
        String scheme = Objects.requireNonNullElse(address.group("scheme"), local);
        String port = Objects.requireNonNullElse(address.group("port"), "");
        String origin = scheme + address.group("host") + port;
        return origin.equals(line)
                ? "Instead of “%s”: %s.".formatted(line, detail)
                : "Instead of “%s”, try %s: %s.".formatted(line, origin, detail);
    }

    private String line(int place) {
        String line = lines().skip(place).findFirst().orElse("");
        return line.length() <= 80 ? line : line.substring(0, line.offsetByCodePoints(0, 40)) + "…";
    }
}
