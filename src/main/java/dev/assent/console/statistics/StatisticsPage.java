// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.site.OperatedCounting;
import dev.assent.site.Site;
import java.util.List;

/**
 * How visitors answered in a span of days.
 *
 * @param from as it was typed, as {@code to}
 * @param actions what they did, in the order of {@link StatisticsReader#ACTIONS}
 * @param purposes those that may be refused, the most often asked first
 * @param days or weeks, all of the span in order
 * @param columns ids of the purposes that days and tables tell, at most four
 * @param tables by version, language and layout
 * @param shown nothing where no banner was counted
 */
public record StatisticsPage(
        Site site,
        Span span,
        String from,
        String to,
        long choices,
        List<Named> actions,
        List<Named> purposes,
        List<Bucket> days,
        List<String> columns,
        List<Table> tables,
        Shown shown,
        OperatedCounting.State counting,
        FormFault fault,
        Flash flash) {

    public StatisticsPage {
        actions = List.copyOf(actions);
        purposes = List.copyOf(purposes);
        days = List.copyOf(days);
        columns = List.copyOf(columns);
        tables = List.copyOf(tables);
    }

    /** A share with a name. */
    public record Named(String key, String name, Rate rate) {}

    /**
     * A day or a week.
     *
     * @param label its first day
     * @param actions how many of each, in their order
     * @param rates of the columns
     */
    public record Bucket(String label, long choices, List<Long> actions, List<Rate> rates) {
        public Bucket {
            actions = List.copyOf(actions);
            rates = List.copyOf(rates);
        }
    }

    /**
     * The opt-in by one thing.
     *
     * @param id such as {@code language}
     * @param heading such as {@code By language}
     * @param first what stands in the first column
     */
    public record Table(String id, String heading, String first, List<Line> lines) {
        public Table {
            lines = List.copyOf(lines);
        }
    }

    /** A group of choices and its rates, in the order of the columns. */
    public record Line(String name, long choices, List<Rate> rates) {
        public Line {
            rates = List.copyOf(rates);
        }
    }

    /**
     * Banners that were shown.
     *
     * @param answers that came on the days on which banners were counted
     * @param lines by language and layout, the most first
     */
    public record Shown(long banners, long answers, List<ShownLine> lines) {
        public Shown {
            lines = List.copyOf(lines);
        }

        /** How many answers a hundred banners brought. */
        public String perHundred() {
            return banners < Rate.ENOUGH
                    ? Rate.TOO_FEW
                    : Long.toString(Math.round(100.0 * answers / banners));
        }
    }

    /** How many were alike in this. */
    public record ShownLine(int version, String language, String layout, long banners) {}

    public String here() {
        return "/console/sites/" + site.siteKey() + "/statistics";
    }

    public boolean hasDraftChange() {
        return counting.draft().shown() != counting.live().shown();
    }

    /** What a plot of the days shows, for whoever cannot see it. */
    public String summary() {
        return days.stream()
                .max(java.util.Comparator.comparingLong(Bucket::choices))
                .filter(most -> most.choices() > 0)
                .map(most ->
                        "%,d choices; most, %,d, %s %s. The table below has the numbers."
                                .formatted(
                                        choices,
                                        most.choices(),
                                        span.isByWeek() ? "in the week of" : "on",
                                        most.label()))
                .orElse("No choices.");
    }
}
