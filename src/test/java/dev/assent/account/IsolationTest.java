// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.TestServers;
import dev.assent.web.Transactions;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false, startApplication = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest implements TestPropertyProvider {
    @Inject Isolation isolation;
    @Inject ApiKeys keys;
    @Inject ApiKeyIssuer issuer;
    @Inject Organizations organizations;
    @Inject Transactions transactions;
    @Inject TransactionOperations<Connection> operations;

    private long ours;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties();
    }

    @BeforeAll
    void found() {
        ours = organizations.foundFirst("Ours").id();
        isolation.within(ours, () -> issuer.issueFirst(ours));
    }

    @Test
    void repositoryWithoutAReach_fails() {
        assertThatThrownBy(() -> keys.list(ours))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobody has said whose rows");
    }

    @Test
    void anotherOrganization_isNotEnteredFromWithinOne() {
        assertThat(isolation.within(ours, () -> isolation.within(ours, () -> keys.list(ours))))
                .hasSize(1);
        assertThatThrownBy(() ->
                        isolation.within(
                                ours, () -> isolation.within(ours + 1, () -> keys.list(1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forgottenWhere_showsNothing() {
        assertThat(isolation.within(ours + 1, () -> keys.list(ours))).isEmpty();
    }

    @Test
    void transaction_goesOnWithItsOwnReach() {
        isolation.within(
                ours,
                () -> {
                    assertThat(keysInSight()).isOne();
                    assertThat(isolation.publicly(this::keysInSight)).isZero();
                    assertThat(keysInSight()).isOne();
                    assertThatThrownBy(() -> isolation.publicly(IsolationTest::fail))
                            .hasMessage("on purpose");
                    assertThat(rawKeysInSight()).isOne();
                });
        assertThat(keysInSight()).isZero();
    }

    private static boolean fail() {
        throw new IllegalArgumentException("on purpose");
    }

    private long keysInSight() {
        return transactions.read("count keys", IsolationTest::count);
    }

    /** Without saying anything: what the transaction was left with. */
    private long rawKeysInSight() {
        try {
            return count(operations.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (var row = connection.createStatement().executeQuery("select count(*) from api_key")) {
            row.next();
            return row.getLong(1);
        }
    }
}
