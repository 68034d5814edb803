// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.consent.Statistics.Answer;
import dev.assent.consent.Statistics.By;
import dev.assent.consent.Statistics.Group;
import dev.assent.consent.Statistics.Line;
import dev.assent.web.Isolated;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what {@link ChoiceCounts} has counted, grouped by one thing at a time. */
@Singleton
@Isolated
class ChoiceGroups {
    private static final String ACTIONS =
            """
            select %s::text, action, sum(count)::bigint
            from choice_count
            where site_id = ? and day >= ? and day < ?
            group by 1, 2
            """;

    private static final String PURPOSES =
            """
            select %s::text, purpose, sum(granted)::bigint, sum(refused)::bigint
            from purpose_count
            where site_id = ? and day >= ? and day < ?
            group by 1, 2
            """;

    private static final String LINES =
            """
            select day, policy_version, language, layout, what, name, count
            from (select site_id, day, policy_version, language, layout, 'action', action, count
                  from choice_count
                  union all
                  select site_id, day, policy_version, language, layout, 'granted', purpose, granted
                  from purpose_count
                  union all
                  select site_id, day, policy_version, language, layout, 'refused', purpose, refused
                  from purpose_count) as line (
                      site_id, day, policy_version, language, layout, what, name, count)
            where site_id = ? and day >= ? and day < ? and count > 0
            order by day, policy_version, language, layout, what, name
            """;

    private final Transactions transactions;

    ChoiceGroups(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Days and versions in their order, all else by how many choices there are, most first. */
    List<Group> read(long siteId, By by, LocalDate from, LocalDate to) {
        Map<String, SortedMap<String, Long>> actions = new TreeMap<>();
        Map<String, SortedMap<String, Answer>> purposes = new TreeMap<>();
        transactions.read(
                "read groups of choices",
                connection -> {
                    each(
                            connection,
                            ACTIONS.formatted(by.column()),
                            siteId,
                            from,
                            to,
                            row ->
                                    actions.computeIfAbsent(
                                                    row.getString(1), name -> new TreeMap<>())
                                            .put(row.getString(2), row.getLong(3)));
                    each(
                            connection,
                            PURPOSES.formatted(by.column()),
                            siteId,
                            from,
                            to,
                            row ->
                                    purposes.computeIfAbsent(
                                                    row.getString(1), name -> new TreeMap<>())
                                            .put(
                                                    row.getString(2),
                                                    new Answer(row.getLong(3), row.getLong(4))));
                    return true;
                });
        return actions.entrySet().stream()
                .map(group ->
                        new Group(
                                group.getKey(),
                                group.getValue().values().stream().mapToLong(Long::longValue).sum(),
                                group.getValue(),
                                purposes.getOrDefault(group.getKey(), new TreeMap<>())))
                .sorted(order(by))
                .toList();
    }

    /** Every count there is, one by one. */
    List<Line> lines(long siteId, LocalDate from, LocalDate to) {
        return transactions.read(
                "read all counts",
                connection -> {
                    List<Line> lines = new ArrayList<>();
                    each(
                            connection,
                            LINES,
                            siteId,
                            from,
                            to,
                            row ->
                                    lines.add(
                                            new Line(
                                                    row.getObject(1, LocalDate.class),
                                                    row.getInt(2),
                                                    row.getString(3),
                                                    row.getString(4),
                                                    row.getString(5),
                                                    row.getString(6),
                                                    row.getLong(7))));
                    return lines;
                });
    }

    private static Comparator<Group> order(By by) {
        return switch (by) {
            case DAY -> Comparator.comparing(Group::name);
            case VERSION -> Comparator.comparingInt(group -> Integer.parseInt(group.name()));
            case LANGUAGE, LAYOUT ->
                    Comparator.comparingLong(Group::choices).reversed().thenComparing(Group::name);
        };
    }

    private interface Taking {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(
            Connection connection,
            String sql,
            long siteId,
            LocalDate from,
            LocalDate to,
            Taking taking)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, siteId);
            statement.setObject(2, from);
            statement.setObject(3, to);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                taking.take(row);
            }
        }
    }
}
