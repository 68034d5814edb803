// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import dev.assent.account.SignedIn;
import dev.assent.consent.Statistics;
import dev.assent.consent.Statistics.Answer;
import dev.assent.consent.Statistics.By;
import dev.assent.consent.Statistics.Group;
import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.site.OperatedCounting;
import dev.assent.site.Purpose;
import dev.assent.site.Site;
import dev.assent.tally.ShownCounts;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the page of statistics from counts. */
@Singleton
class StatisticsReader {
    /** What a visitor can do, with its words. */
    static final Map<String, String> ACTIONS = actions();

    /** Such choices answer a banner; the others change an answer, or are made by the browser. */
    private static final Set<String> ANSWERS = Set.of("accept_all", "reject_all", "save");

    private static final int COLUMNS = 4;

    private final Statistics statistics;
    private final ShownCounts shown;
    private final OperatedCounting counting;

    StatisticsReader(Statistics statistics, ShownCounts shown, OperatedCounting counting) {
        this.statistics = statistics;
        this.shown = shown;
        this.counting = counting;
    }

    private static Map<String, String> actions() {
        Map<String, String> words = new java.util.LinkedHashMap<>();
        words.put("accept_all", "Everything accepted");
        words.put("save", "A selection saved");
        words.put("reject_all", "Everything refused");
        words.put("withdraw", "Withdrawn");
        words.put("gpc", "Refused by the browser’s signal");
        return words;
    }

    StatisticsPage read(SignedIn me, Site site, Span span, Asked asked) {
        OperatedCounting.State state = counting.state(me, site);
        List<Group> days = statistics.groups(site, span.from(), span.end(), By.DAY);
        Map<String, Answer> purposes = optional(sum(days), state.purposes());
        List<String> ranked = ranked(purposes);
        List<String> columns = ranked.stream().limit(COLUMNS).toList();
        long choices = days.stream().mapToLong(Group::choices).sum();
        return new StatisticsPage(
                site,
                span,
                asked.from(),
                asked.to(),
                choices,
                ACTIONS.keySet().stream().map(it -> named(it, days, choices)).toList(),
                ranked.stream()
                        .map(id -> new StatisticsPage.Named(id, id, rate(purposes.get(id))))
                        .toList(),
                buckets(span, days, columns),
                columns,
                List.of(
                        table(site, span, By.VERSION, "Policy version", columns),
                        table(site, span, By.LANGUAGE, "Language", columns),
                        table(site, span, By.LAYOUT, "Layout", columns)),
                shown(site, span, days),
                state,
                asked.fault(),
                asked.flash());
    }

    /** What was typed, and what is said of it. */
    record Asked(String from, String to, FormFault fault, Flash flash) {}

    private static StatisticsPage.Named named(String action, List<Group> days, long choices) {
        long part = days.stream().mapToLong(day -> day.actions().getOrDefault(action, 0L)).sum();
        return new StatisticsPage.Named(
                action, ACTIONS.getOrDefault(action, action), new Rate(part, choices));
    }

    private static Map<String, Answer> sum(List<Group> groups) {
        Map<String, Answer> sums = new HashMap<>();
        for (Group group : groups) {
            group.purposes()
                    .forEach((id, answer) ->
                            sums.merge(
                                    id,
                                    answer,
                                    (a, b) ->
                                            new Answer(
                                                    a.granted() + b.granted(),
                                                    a.refused() + b.refused())));
        }
        return sums;
    }

    /** Without what nobody can refuse: it is required, or was and is gone. */
    private static Map<String, Answer> optional(Map<String, Answer> sums, List<Purpose> live) {
        Set<String> asked = new HashSet<>(sums.keySet());
        Set<String> known = live.stream().map(Purpose::id).collect(Collectors.toSet());
        live.stream().filter(Purpose::required).map(Purpose::id).forEach(asked::remove);
        Map<String, Answer> optional = new HashMap<>(sums);
        optional.keySet().retainAll(asked);
        optional.values().removeIf(answer -> answer.granted() + answer.refused() == 0);
        optional.entrySet()
                .removeIf(it -> !known.contains(it.getKey()) && it.getValue().refused() == 0);
        return optional;
    }

    private static List<String> ranked(Map<String, Answer> purposes) {
        return purposes.entrySet().stream()
                .sorted(
                        Comparator.comparingLong((Map.Entry<String, Answer> it) ->
                                        -rate(it.getValue()).whole())
                                .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Rate rate(@org.jspecify.annotations.Nullable Answer answer) {
        return answer == null
                ? new Rate(0, 0)
                : new Rate(answer.granted(), answer.granted() + answer.refused());
    }

    private static List<StatisticsPage.Bucket> buckets(
            Span span, List<Group> days, List<String> columns) {
        Map<LocalDate, List<Group>> byBucket =
                days.stream()
                        .collect(
                                Collectors.groupingBy(
                                        day -> span.bucket(LocalDate.parse(day.name()))));
        return span.buckets()
                .map(day -> bucket(day, byBucket.getOrDefault(day, List.of()), columns))
                .toList();
    }

    private static StatisticsPage.Bucket bucket(
            LocalDate day, List<Group> groups, List<String> columns) {
        Map<String, Answer> purposes = sum(groups);
        return new StatisticsPage.Bucket(
                day.toString(),
                groups.stream().mapToLong(Group::choices).sum(),
                ACTIONS.keySet().stream()
                        .map(action ->
                                groups.stream()
                                        .mapToLong(it -> it.actions().getOrDefault(action, 0L))
                                        .sum())
                        .toList(),
                columns.stream().map(id -> rate(purposes.get(id))).toList());
    }

    private StatisticsPage.Table table(
            Site site, Span span, By by, String first, List<String> columns) {
        String id = by.name().toLowerCase(Locale.ROOT);
        List<StatisticsPage.Line> lines = new ArrayList<>();
        for (Group group : statistics.groups(site, span.from(), span.end(), by)) {
            lines.add(
                    new StatisticsPage.Line(
                            group.name(),
                            group.choices(),
                            columns.stream().map(it -> rate(group.purposes().get(it))).toList()));
        }
        return new StatisticsPage.Table(id, "By " + id, first, lines);
    }

    private StatisticsPage.Shown shown(Site site, Span span, List<Group> days) {
        List<ShownCounts.Count> counts = shown.read(site, span.from(), span.end());
        Set<String> counted =
                counts.stream().map(it -> it.day().toString()).collect(Collectors.toSet());
        long answers =
                days.stream()
                        .filter(day -> counted.contains(day.name()))
                        .flatMap(day -> day.actions().entrySet().stream())
                        .filter(action -> ANSWERS.contains(action.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        return new StatisticsPage.Shown(
                counts.stream().mapToLong(ShownCounts.Count::count).sum(), answers, lines(counts));
    }

    private static List<StatisticsPage.ShownLine> lines(List<ShownCounts.Count> counts) {
        Map<StatisticsPage.ShownLine, Long> sums = new HashMap<>();
        for (ShownCounts.Count it : counts) {
            sums.merge(
                    new StatisticsPage.ShownLine(it.version(), it.language(), it.layout(), 0),
                    it.count(),
                    Long::sum);
        }
        return sums.entrySet().stream()
                .map(it ->
                        new StatisticsPage.ShownLine(
                                it.getKey().version(),
                                it.getKey().language(),
                                it.getKey().layout(),
                                it.getValue()))
                .sorted(Comparator.comparingLong(StatisticsPage.ShownLine::banners).reversed())
                .toList();
    }
}
