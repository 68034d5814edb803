// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import dev.assent.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A shop's counts over a hundred days, put into the database by hand; every run the same. */
final class SampleCounts {
    private static final String CHOICES =
            """
            insert into choice_count (site_id, day, policy_version, language, layout, action, count)
            select site.id, date '2026-11-22' - back, case when back > 40 then 1 else 2 end,
                   language, layout, action,
                   1 + (share * size * weight * liking * (1 + 0.25 * sin(back * 0.9)) * (1 + 0.004 * (100 - back)))::int
            from site, generate_series(0, 99) as back,
                 (values ('en', 1.0), ('fr', 0.55), ('de', 0.3), ('ar', 0.02)) as spoken (language, size),
                 (values ('desktop', 0.45), ('mobile', 0.55)) as shape (layout, weight),
                 (values ('accept_all', 52), ('save', 16), ('reject_all', 38), ('withdraw', 1.2), ('gpc', 0.9))
                     as done (action, share),
                 lateral (select case when action <> 'accept_all' then 1
                                     when layout = 'mobile' then 1.25
                                     when language = 'de' then 0.6
                                     else 0.9 + 0.1 * sin(back * 0.35) end as liking) as mood
            where site_key = ? and (language <> 'ar' or (action = 'save' and back % 30 = 1))
            """;

    private static final String PURPOSES =
            """
            insert into purpose_count
                (site_id, day, policy_version, language, layout, purpose, granted, refused)
            select site_id, day, policy_version, language, layout, purpose,
                   sum(case when purpose = 'session' or action = 'accept_all' then count
                            when action = 'save' then (count * kept)::int else 0 end),
                   sum(case when purpose = 'session' or action = 'accept_all' then 0
                            when action = 'save' then count - (count * kept)::int else count end)
            from choice_count,
                 (values ('session', 1.0), ('theme', 0.8), ('analytics', 0.3)) as asked (purpose, rate),
                 lateral (select rate * (0.8 + 0.2 * sin(extract(doy from day) * 0.2)) as kept) as mood
            where site_id = (select id from site where site_key = ?)
            group by 1, 2, 3, 4, 5, 6
            """;

    private static final String SHOWN =
            """
            insert into shown_count (site_id, day, policy_version, language, layout, count)
            select site_id, day, policy_version, language, layout, (sum(count) * 1.7)::int
            from choice_count
            where site_id = (select id from site where site_key = ?) and policy_version = 2
            group by 1, 2, 3, 4, 5
            """;

    private static final String FOUND =
            """
            insert into undeclared_tracker (site_id, type, name, first_seen, last_seen, count, ignored)
            select site.id, type, found.name, date '2026-10-02' + age, date '2026-11-21' - age, count, ignored
            from site,
                 (values ('cookie', '_fbp', 0, 412, false), ('cookie', '_gcl_au', 1, 388, false),
                         ('cookie', '_hjSessionUser_#######', 3, 97, false),
                         ('localStorage', 'intercom.intercom-state-*', 2, 51, false),
                         ('cookie', '*', 1, 9, false),
                         ('sessionStorage', 'checkout.step', 4, 33, true),
                         ('cookie', '_ga_*', 9, 30, false)) as found (type, name, age, count, ignored)
            where site_key = ?
            """;

    private SampleCounts() {}

    static void fill(String databaseUrl, String siteKey) throws SQLException {
        try (Connection connection = TestServers.connect(databaseUrl)) {
            for (String sql : new String[] {CHOICES, PURPOSES, SHOWN, FOUND}) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setString(1, siteKey);
                    statement.executeUpdate();
                }
            }
        }
    }
}
