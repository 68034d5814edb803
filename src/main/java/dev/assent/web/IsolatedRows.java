// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Has each call to a repository that is {@link Isolated} say in the database whose rows it wants.
 */
@Singleton
@InterceptorBean(Isolated.class)
final class IsolatedRows implements MethodInterceptor<Object, Object> {
    private final TransactionOperations<Connection> transactions;

    IsolatedRows(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    /**
     * @throws IllegalStateException if nobody has said whose rows: a mistake in the program, which
     *     the database would answer with no rows at all
     */
    @Override
    public @Nullable Object intercept(MethodInvocationContext<Object, Object> call) {
        Reach reach =
                Reach.current()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "nobody has said whose rows "
                                                + call.getDeclaringType().getSimpleName()
                                                + "."
                                                + call.getMethodName()
                                                + " is to reach"));
        return transactions.executeWrite(status -> {
            // Each time: between two calls of one transaction others may have been made.
            reach.enter(status.getConnection());
            return call.proceed();
        });
    }
}
