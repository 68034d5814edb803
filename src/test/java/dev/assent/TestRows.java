// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.web.Reach;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a test's database: as the service reaches them, and as their owner does.
 *
 * @param pool the service's
 * @param database the same, as its owner has it
 */
record TestRows(DataSource pool, TestDatabase database) {

    /** A connection as the service has it: under its own role. */
    Connection service() throws SQLException {
        return DelegatingDataSource.unwrapDataSource(pool).getConnection();
    }

    /** How many the service sees; without a reach if {@code reach} is absent. */
    long count(@Nullable Reach reach, String table) throws SQLException {
        return Long.parseLong(read(reach, "select count(*) from " + table).getFirst());
    }

    /** How PostgreSQL does {@code sql} for the service. */
    String explain(Reach reach, String sql) throws SQLException {
        return String.join("\n", read(reach, "explain (analyze, costs off) " + sql));
    }

    /** How many the service changes by {@code sql}, which is rolled back. */
    long touch(Reach reach, String sql) throws SQLException {
        try (Connection connection = service();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            reach.enter(connection);
            try {
                return statement.executeUpdate(sql);
            } finally {
                connection.rollback();
            }
        }
    }

    /** The columns of {@code table} that the service may update. */
    List<String> changeable(String table) throws SQLException {
        return database.texts(
                """
                select column_name from information_schema.column_privileges
                where grantee = 'assent_service' and privilege_type = 'UPDATE' and table_name = ?
                """,
                table);
    }

    private List<String> read(@Nullable Reach reach, String sql) throws SQLException {
        try (Connection connection = service()) {
            connection.setAutoCommit(false);
            try {
                if (reach != null) {
                    reach.enter(connection);
                }
                return texts(connection, sql);
            } finally {
                connection.rollback();
            }
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
