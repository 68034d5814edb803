// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Cuts the database connection of a thread before or after one of its statements, by having the
 * server end that backend. A commit counts as a statement.
 */
@Singleton
@Requires(property = "spec.name", value = "PublisherFaultsTest")
final class CutConnections implements BeanCreatedEventListener<DataSource>, Ordered {
    private final ThreadLocal<@Nullable Plan> plans = new ThreadLocal<>();

    /** Where to cut; counts the statements that pass. */
    static final class Plan {
        private final int statement;
        private final boolean before;
        private int count;

        private Plan(int statement, boolean before) {
            this.statement = statement;
            this.before = before;
        }

        boolean wasReached() {
            return count >= statement;
        }
    }

    /** Cuts this thread's connection at its statement number {@code statement}, from 1. */
    Plan cut(int statement, boolean before) {
        Plan plan = new Plan(statement, before);
        plans.set(plan);
        return plan;
    }

    void heal() {
        plans.remove();
    }

    /** Next to the pool, below what the framework puts around it. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        DataSource pool = event.getBean();
        return proxy(
                DataSource.class,
                (proxy, method, arguments) -> {
                    Object result = call(pool, method, arguments);
                    return result instanceof Connection connection
                            ? counted(connection, pool)
                            : result;
                });
    }

    private Connection counted(Connection connection, DataSource pool) {
        return proxy(
                Connection.class,
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        return counted(connection, pool, connection, method, arguments);
                    }
                    Object result = call(connection, method, arguments);
                    return result instanceof PreparedStatement statement
                            ? counted(statement, connection, pool)
                            : result;
                });
    }

    private PreparedStatement counted(
            PreparedStatement statement, Connection connection, DataSource pool) {
        return proxy(
                PreparedStatement.class,
                (proxy, method, arguments) ->
                        method.getName().startsWith("execute")
                                ? counted(connection, pool, statement, method, arguments)
                                : call(statement, method, arguments));
    }

    private @Nullable Object counted(
            Connection connection,
            DataSource pool,
            Object target,
            Method method,
            Object @Nullable [] arguments)
            throws Throwable {
        Plan plan = plans.get();
        boolean now = plan != null && ++plan.count == plan.statement;
        if (now && plan.before) {
            end(connection, pool);
        }
        Object result = call(target, method, arguments);
        if (now && !plan.before) {
            end(connection, pool);
            throw new SQLException("the connection broke before the answer came", "08006");
        }
        return result;
    }

    private static void end(Connection connection, DataSource pool) throws SQLException {
        int backend = connection.unwrap(PGConnection.class).getBackendPID();
        try (Connection other = pool.getConnection();
                PreparedStatement end =
                        other.prepareStatement("select pg_terminate_backend(?, 5000)")) {
            end.setInt(1, backend);
            end.execute();
        }
    }

    private static @Nullable Object call(
            Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
