// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.core.propagation.PropagatedContextElement;
import io.micronaut.data.exceptions.DataAccessException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows a piece of work sees and changes, at most one of these. It goes with the work from
 * thread to thread, and into the database with each transaction, where it ends with it: the
 * policies of row-level security ask for it.
 *
 * @param organizationId all of an organization's
 * @param operatorId an operator's memberships
 * @param key SHA-256 of an api key, 64 hexadecimal digits: that key
 * @param isPublic what visitors, and whoever holds the id of a record, may ask of any organization
 */
public record Reach(
        @Nullable Long organizationId,
        @Nullable Long operatorId,
        @Nullable String key,
        boolean isPublic)
        implements PropagatedContextElement {

    /** Reaches {@link #PUBLIC}, for who sends it along with other statements of a transaction. */
    public static final String ENTER_PUBLIC = "select set_config('assent.reach', 'public', true)";

    public static final Reach PUBLIC = new Reach(null, null, null, true);

    private static final Reach NOTHING = new Reach(null, null, null, false);

    private static final String ENTER =
            """
            select set_config('assent.organization', ?, true),
                set_config('assent.operator', ?, true),
                set_config('assent.key', ?, true),
                set_config('assent.reach', ?, true)
            """;

    public static Reach organization(long id) {
        return new Reach(id, null, null, false);
    }

    public static Reach operator(long id) {
        return new Reach(null, id, null, false);
    }

    public static Reach key(String hash) {
        return new Reach(null, null, hash, false);
    }

    /** That of the work that is being done; empty where nobody has said. */
    public static Optional<Reach> current() {
        return PropagatedContext.getOrEmpty().find(Reach.class);
    }

    /** Does {@code work} with this reach; in the database once a transaction enters it. */
    public <T> T around(Supplier<T> work) {
        return PropagatedContext.getOrEmpty().plus(this).propagate(work);
    }

    /**
     * Has the transaction on {@code connection} reach these rows and no others, until it ends.
     *
     * @throws DataAccessException if the database is out of reach
     */
    public void enter(Connection connection) {
        try (var statement = connection.prepareStatement(ENTER)) {
            statement.setString(1, text(organizationId));
            statement.setString(2, text(operatorId));
            statement.setString(3, text(key));
            statement.setString(4, isPublic ? "public" : "");
            statement.execute();
        } catch (SQLException e) {
            throw new DataAccessException("cannot keep organizations apart", e);
        }
    }

    /** Has a transaction that goes on reach what the work around it does; nothing if unsaid. */
    public static void enterCurrent(Connection connection) {
        current().orElse(NOTHING).enter(connection);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
