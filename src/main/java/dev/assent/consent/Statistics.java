// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How visitors answered, in counts that name nobody. */
@Singleton
public class Statistics {
    /** Batches that a question may count first; whatever is left, the job counts. */
    private static final int AT_ONCE = 5;

    private final ChoiceCounts counts;
    private final ChoiceGroups groups;
    private final RecordStatements statements;

    Statistics(ChoiceCounts counts, ChoiceGroups groups, RecordStatements statements) {
        this.counts = counts;
        this.groups = groups;
        this.statements = statements;
    }

    /**
     * The answers of a time.
     *
     * @param site its public key
     * @param from the first day
     * @param to the day after the last
     * @param counted number of the last record that has been counted
     * @param recorded number of the last record there is; more than {@code counted} while counting
     *     has not caught up
     * @param total of all days
     * @param days those on which anything was recorded, in order
     * @param groups where it was asked by something else than the day
     */
    @Serdeable
    public record Answers(
            String site,
            LocalDate from,
            LocalDate to,
            long counted,
            long recorded,
            Sums total,
            List<Day> days,
            @Nullable List<Group> groups) {}

    /** One day, in UTC, by this service's clock. */
    @Serdeable
    public record Day(LocalDate day, Sums sums) {}

    /**
     * Counts of choices.
     *
     * @param choices how many
     * @param actions how many by what the visitor did
     * @param purposes how each purpose was answered, required ones included
     * @param versions how many by the version of the policy
     */
    @Serdeable
    public record Sums(
            long choices,
            SortedMap<String, Long> actions,
            SortedMap<String, Answer> purposes,
            SortedMap<String, Long> languages,
            List<VersionCount> versions,
            SortedMap<String, Long> layouts) {}

    /** What choices can be told apart by. */
    public enum By {
        DAY("day"),
        VERSION("policy_version"),
        LANGUAGE("language"),
        LAYOUT("layout");

        private final String column;

        By(String column) {
            this.column = column;
        }

        /** Where it stands in the tables. */
        String column() {
            return column;
        }

        /** What {@code word} names, in lower case. */
        static Optional<By> named(String word) {
            return Arrays.stream(values())
                    .filter(by -> by.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }

    /**
     * The choices that are alike in one thing.
     *
     * @param name a day, the number of a version, a language or a layout
     * @param choices how many
     * @param actions how many by what the visitor did
     * @param purposes how each purpose was answered, required ones included
     */
    @Serdeable
    public record Group(
            String name,
            long choices,
            SortedMap<String, Long> actions,
            SortedMap<String, Answer> purposes) {}

    /**
     * One count.
     *
     * @param what {@code action}, {@code granted} or {@code refused}
     * @param name of the action or of the purpose
     * @param count at least 1
     */
    public record Line(
            LocalDate day,
            int version,
            String language,
            String layout,
            String what,
            String name,
            long count) {}

    /** How many choices were made under a version. */
    @Serdeable
    public record VersionCount(int version, long choices) {}

    /** How often a purpose was granted and refused. */
    @Serdeable
    public record Answer(long granted, long refused) {}

    /** The choices of a time in groups, counting first what is new. */
    public List<Group> groups(Site site, LocalDate from, LocalDate to, By by) {
        count(site);
        return groups.read(site.id(), by, from, to);
    }

    /** Every count of a time, counting first what is new. */
    public List<Line> lines(Site site, LocalDate from, LocalDate to) {
        count(site);
        return groups.lines(site.id(), from, to);
    }

    /** The same as {@link #read(Site, LocalDate, LocalDate)}, with groups of another kind. */
    Answers read(Site site, LocalDate from, LocalDate to, By by) {
        Answers days = read(site, from, to);
        return by == By.DAY
                ? days
                : new Answers(
                        days.site(),
                        from,
                        to,
                        days.counted(),
                        days.recorded(),
                        days.total(),
                        List.of(),
                        groups.read(site.id(), by, from, to));
    }

    private void count(Site site) {
        for (int i = 0; i < AT_ONCE && counts.count(site.id()); i++) {
            // Until all is counted.
        }
    }

    /** What was answered from {@code from} on and before {@code to}, counting first what is new. */
    public Answers read(Site site, LocalDate from, LocalDate to) {
        count(site);
        var total = new Adding();
        var byDay = new TreeMap<LocalDate, Adding>();
        for (ChoiceCounts.Count count : counts.read(site.id(), from, to)) {
            total.add(count);
            byDay.computeIfAbsent(count.day(), day -> new Adding()).add(count);
        }
        for (ChoiceCounts.PurposeCount count : counts.readPurposes(site.id(), from, to)) {
            total.add(count);
            byDay.computeIfAbsent(count.day(), day -> new Adding()).add(count);
        }
        List<Day> days = new ArrayList<>();
        byDay.forEach((day, sums) -> days.add(new Day(day, sums.sums())));
        return new Answers(
                site.siteKey(),
                from,
                to,
                counts.counted(site.id()),
                statements.lastSeq(site),
                total.sums(),
                days,
                null);
    }

    private static final class Adding {
        private long choices;
        private final SortedMap<String, Long> actions = new TreeMap<>();
        private final SortedMap<String, Answer> purposes = new TreeMap<>();
        private final SortedMap<String, Long> languages = new TreeMap<>();
        private final SortedMap<Integer, Long> versions = new TreeMap<>();
        private final SortedMap<String, Long> layouts = new TreeMap<>();

        void add(ChoiceCounts.Count count) {
            choices += count.count();
            actions.merge(count.action(), count.count(), Long::sum);
            languages.merge(count.language(), count.count(), Long::sum);
            versions.merge(count.version(), count.count(), Long::sum);
            layouts.merge(count.layout(), count.count(), Long::sum);
        }

        void add(ChoiceCounts.PurposeCount count) {
            purposes.merge(
                    count.purpose(),
                    new Answer(count.granted(), count.refused()),
                    (one, other) ->
                            new Answer(
                                    one.granted() + other.granted(),
                                    one.refused() + other.refused()));
        }

        Sums sums() {
            List<VersionCount> byVersion =
                    versions.entrySet().stream()
                            .map(count -> new VersionCount(count.getKey(), count.getValue()))
                            .toList();
            return new Sums(choices, actions, purposes, languages, byVersion, layouts);
        }
    }
}
