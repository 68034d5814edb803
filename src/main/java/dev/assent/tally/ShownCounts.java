// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.account.Isolation;
import dev.assent.site.Site;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How many banners were shown: by site, day, version, language and layout, and by nothing else. */
@Singleton
public class ShownCounts {
    private static final int MAX_WAITING = 10_000;

    private static final String ADD =
            """
            insert into shown_count as known
                (site_id, day, policy_version, language, layout, count)
            values (?, ?, ?, ?, ?, ?)
            on conflict (site_id, day, policy_version, language, layout)
                do update set count = known.count + excluded.count
            """;

    private static final String READ =
            """
            select day, policy_version, language, layout, count
            from shown_count
            where site_id = ? and day >= ? and day < ?
            order by day, policy_version, language, layout
            """;

    private final Isolation isolation;
    private final Transactions transactions;
    private final InstantSource clock;
    private final Waiting<Kind, Long> waiting = new Waiting<>(MAX_WAITING, Long::sum);

    ShownCounts(Isolation isolation, Transactions transactions, InstantSource clock) {
        this.isolation = isolation;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Kind(long siteId, LocalDate day, int version, String language, String layout) {}

    /** How many banners were alike in all of this. */
    public record Count(LocalDate day, int version, String language, String layout, long count) {}

    void add(Site site, BannerShown shown) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        int version = (int) shown.version();
        waiting.add(
                site.organizationId(),
                new Kind(site.id(), today, version, shown.language(), shown.layout()),
                1L);
    }

    /** What was shown from one day on and before another, this node's newest included. */
    public List<Count> read(Site site, LocalDate from, LocalDate to) {
        write(site.organizationId());
        return isolation.within(site.organizationId(), () -> stored(site, from, to));
    }

    private List<Count> stored(Site site, LocalDate from, LocalDate to) {
        return transactions.read(
                "read how many banners were shown",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(READ)) {
                        statement.setLong(1, site.id());
                        statement.setObject(2, from);
                        statement.setObject(3, to);
                        return counts(statement.executeQuery());
                    }
                });
    }

    /** Writes what this node has counted; what cannot be written waits for the next time. */
    void write() {
        waiting.organizations().forEach(this::write);
    }

    private void write(long organizationId) {
        waiting.write(
                organizationId, counts -> isolation.within(organizationId, () -> write(counts)));
    }

    private void write(Map<Kind, Long> counts) {
        transactions.write(
                "count the banners shown",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                        for (Kind kind : inOrder(counts)) {
                            set(statement, kind, counts.getOrDefault(kind, 0L));
                            statement.addBatch();
                        }
                        return statement.executeBatch();
                    }
                });
    }

    /** One order on all nodes, so that none waits for another in a circle. */
    private static List<Kind> inOrder(Map<Kind, Long> counts) {
        return counts.keySet().stream().sorted(Comparator.comparing(Kind::toString)).toList();
    }

    private static void set(PreparedStatement statement, Kind kind, long count)
            throws SQLException {
        statement.setLong(1, kind.siteId());
        statement.setObject(2, kind.day());
        statement.setInt(3, kind.version());
        statement.setString(4, kind.language());
        statement.setString(5, kind.layout());
        statement.setLong(6, count);
    }

    private static List<Count> counts(ResultSet row) throws SQLException {
        List<Count> counts = new ArrayList<>();
        while (row.next()) {
            counts.add(
                    new Count(
                            row.getObject(1, LocalDate.class),
                            row.getInt(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5)));
        }
        return counts;
    }
}
