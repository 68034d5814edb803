// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.account.Isolation;
import dev.assent.site.PolicyVersion;
import dev.assent.site.Site;
import dev.assent.site.Tracker;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
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

/**
 * Cookies and storage keys that visitors' browsers held though no policy declares them: by masked
 * name alone, at most {@value #MAX_NAMES} for a site, forgotten {@value #DAYS} days after they were
 * last seen.
 */
@Singleton
public class UndeclaredTrackers {
    public static final int MAX_NAMES = 200;
    public static final int DAYS = 90;
    private static final int MAX_WAITING = 10_000;

    /** Two nodes that both find room for one more name would make it one too many. */
    private static final String LOCK = "lock table undeclared_tracker in share row exclusive mode";

    private static final String FORGET_OLD =
            "delete from undeclared_tracker where site_id = ? and last_seen < ?";

    private static final String ADD =
            """
            insert into undeclared_tracker as known (site_id, type, name, first_seen, last_seen, count)
            select ?, ?, ?, ?, ?, ?
            where (select count(*) from undeclared_tracker where site_id = ?) < ?
               or exists (select from undeclared_tracker where site_id = ? and type = ? and name = ?)
            on conflict (site_id, type, name)
                do update set count = known.count + excluded.count,
                              last_seen = greatest(known.last_seen, excluded.last_seen)
            """;

    private static final String LIST =
            """
            select type, name, first_seen, last_seen, count, ignored
            from undeclared_tracker
            where site_id = ?
            order by count desc, type, name
            """;

    private static final String IGNORE =
            """
            update undeclared_tracker as known set ignored = it.ignored
            from (values (?::bigint, ?, ?, ?::boolean)) as it (site_id, type, name, ignored)
            where (known.site_id, known.type, known.name) = (it.site_id, it.type, it.name)
            """;

    private static final String FORGET = "delete from undeclared_tracker where site_id = ?";

    private final Isolation isolation;
    private final Transactions transactions;
    private final InstantSource clock;
    private final Waiting<Kind, Seen> waiting = new Waiting<>(MAX_WAITING, Seen::and);

    UndeclaredTrackers(Isolation isolation, Transactions transactions, InstantSource clock) {
        this.isolation = isolation;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Kind(long siteId, UndeclaredReport.Name name) {}

    private record Seen(LocalDate first, LocalDate last, long count) {
        Seen and(Seen later) {
            return new Seen(first, later.last, count + later.count);
        }
    }

    void add(Site site, PolicyVersion version, UndeclaredReport report) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Tracker> declared =
                version.purposes().stream()
                        .flatMap(purpose -> purpose.trackers().stream())
                        .toList();
        for (UndeclaredReport.Name name : report.masked()) {
            Undeclared found = new Undeclared(name.type(), name.name(), today, today, 1, false);
            if (declared.stream().noneMatch(found::isDeclaredBy)) {
                waiting.add(
                        site.organizationId(),
                        new Kind(site.id(), name),
                        new Seen(today, today, 1));
            }
        }
    }

    /** All that is kept of the site, the most frequent first, this node's newest included. */
    public List<Undeclared> list(Site site) {
        write(site.organizationId());
        return within(
                site,
                LIST,
                statement -> {
                    List<Undeclared> found = new ArrayList<>();
                    ResultSet row = statement.executeQuery();
                    while (row.next()) {
                        found.add(found(row));
                    }
                    return found;
                });
    }

    /**
     * Sets a name aside, or takes it back.
     *
     * @return whether there is such a name
     */
    public boolean ignore(Site site, String type, String name, boolean ignored) {
        return within(
                site,
                IGNORE,
                statement -> {
                    statement.setString(2, type);
                    statement.setString(3, name);
                    statement.setBoolean(4, ignored);
                    return statement.executeUpdate() > 0;
                });
    }

    /** Forgets every name of the site. */
    public void forget(Site site) {
        write(site.organizationId());
        within(site, FORGET, PreparedStatement::executeUpdate);
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Uses a statement whose first parameter is the site. */
    private <T> T within(Site site, String sql, Use<T> use) {
        return isolation.within(
                site.organizationId(),
                () ->
                        transactions.write(
                                "keep undeclared trackers",
                                connection -> {
                                    try (var statement = connection.prepareStatement(sql)) {
                                        statement.setLong(1, site.id());
                                        return use.of(statement);
                                    }
                                }));
    }

    /** Writes what this node was told; what cannot be written waits for the next time. */
    void write() {
        waiting.organizations().forEach(this::write);
    }

    private void write(long organizationId) {
        waiting.write(
                organizationId,
                names ->
                        isolation.within(
                                organizationId,
                                () -> {
                                    transactions.write(
                                            "keep undeclared trackers",
                                            connection -> write(connection, names));
                                }));
    }

    private int write(Connection connection, Map<Kind, Seen> names) throws SQLException {
        try (var lock = connection.createStatement()) {
            lock.execute(LOCK);
        }
        LocalDate oldest = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS);
        for (long site : names.keySet().stream().map(Kind::siteId).distinct().toList()) {
            try (PreparedStatement statement = connection.prepareStatement(FORGET_OLD)) {
                statement.setLong(1, site);
                statement.setObject(2, oldest);
                statement.executeUpdate();
            }
        }
        for (Kind kind :
                names.keySet().stream().sorted(Comparator.comparing(Kind::name)).toList()) {
            add(connection, kind, names.getOrDefault(kind, new Seen(oldest, oldest, 1)));
        }
        return names.size();
    }

    private static void add(Connection connection, Kind kind, Seen seen) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setLong(1, kind.siteId());
            statement.setString(2, kind.name().type());
            statement.setString(3, kind.name().name());
            statement.setObject(4, seen.first());
            statement.setObject(5, seen.last());
            statement.setLong(6, seen.count());
            statement.setLong(7, kind.siteId());
            statement.setInt(8, MAX_NAMES);
            statement.setLong(9, kind.siteId());
            statement.setString(10, kind.name().type());
            statement.setString(11, kind.name().name());
            statement.executeUpdate();
        }
    }

    private static Undeclared found(ResultSet row) throws SQLException {
        return new Undeclared(
                row.getString(1),
                row.getString(2),
                row.getObject(3, LocalDate.class),
                row.getObject(4, LocalDate.class),
                row.getLong(5),
                row.getBoolean(6));
    }
}
