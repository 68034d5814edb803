// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.merkle.Hash;
import dev.assent.web.Reach;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/**
 * Keeps organizations apart in the database itself: rows of tables with row-level security are
 * visible only within their organization, so a forgotten {@code where} shows nothing. What it says
 * ends with the transaction.
 *
 * <p>Operators' requests are within their organization from the beginning: {@link KeyReach} and the
 * console's guard see to that. Whatever else touches such rows says so here.
 */
@Singleton
public final class Isolation {
    private final TransactionOperations<Connection> transactions;

    Isolation(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    /**
     * Does {@code work} in a transaction that sees the rows of this organization alone.
     *
     * @throws IllegalStateException if the caller is within another one
     */
    public <T> T within(long organizationId, Supplier<T> work) {
        Reach.current().map(Reach::organizationId).ifPresent(id -> requireSame(id, organizationId));
        return run(Reach.organization(organizationId), work);
    }

    /** As {@link #within(long, Supplier)}. */
    public void within(long organizationId, Runnable work) {
        within(
                organizationId,
                () -> {
                    work.run();
                    return true;
                });
    }

    /**
     * Does {@code work} with the reach that visitors have, and whoever holds the id of a record: of
     * any organization, but only what the policies mark so. Not a transaction by itself. Who may
     * call this is listed in {@code HouseTest}.
     */
    public <T> T publicly(Supplier<T> work) {
        return andBack(() -> Reach.PUBLIC.around(work));
    }

    /** Does {@code work} in a transaction that sees where this operator is a member. */
    <T> T ofOperator(long operatorId, Supplier<T> work) {
        return run(Reach.operator(operatorId), work);
    }

    /**
     * Does {@code work} in a transaction that sees what belongs to a secret with this hash: an api
     * key, a link that lets an auditor in, or a session that it has opened.
     */
    public <T> T ofKey(Hash hash, Supplier<T> work) {
        return run(Reach.key(hash.hex()), work);
    }

    private <T> T run(Reach reach, Supplier<T> work) {
        return andBack(() ->
                reach.around(() ->
                        transactions.executeWrite(status -> {
                            reach.enter(status.getConnection());
                            return work.get();
                        })));
    }

    /** The caller's transaction, if there is one, goes on with the caller's reach. */
    private <T> T andBack(Supplier<T> work) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException failure) {
            goBack(failure);
            throw failure;
        }
        back();
        return result;
    }

    /** Fails where the transaction has failed: nothing is seen in it any more. */
    private void goBack(RuntimeException failure) {
        try {
            back();
        } catch (RuntimeException again) {
            failure.addSuppressed(again);
        }
    }

    private void back() {
        if (transactions.findTransactionStatus().isPresent()) {
            Reach.enterCurrent(transactions.getConnection());
        }
    }

    private static void requireSame(long id, long organizationId) {
        if (id != organizationId) {
            throw new IllegalStateException(
                    "within organization %d, not %d".formatted(id, organizationId));
        }
    }
}
