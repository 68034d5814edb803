// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestDatabase;
import dev.assent.TestOperator;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;

/** The first owner of a new service, as its parts know who has signed in. */
public final class TestOwner {
    private static final String EMAIL = "olive@example.com";

    private TestOwner() {}

    /** Sets {@code server} up by the link that was printed. */
    public static SignedIn setUp(EmbeddedServer server, TestDatabase database) throws SQLException {
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        TestOperator.setUp(server.getURI(), link, EMAIL);
        return of(
                database.number("select min(id) from operator"),
                database.number("select min(id) from organization"));
    }

    /** Who that is, in any organization. */
    public static SignedIn of(long operator, long organization) {
        return new SignedIn(
                0,
                operator,
                EMAIL,
                "Olive",
                organization,
                "Test Ltd",
                Role.OWNER,
                Instant.EPOCH,
                "");
    }

    /** Signed in for an organization beside the first one, which no page makes. */
    public static TestOperator ofStrangers(URI service, TestDatabase database) throws SQLException {
        database.execute(
                """
                insert into organization (name, created_at)
                    select 'Strangers', now()
                    where not exists (select from organization where name = 'Strangers');
                insert into operator (email, name, password_hash, created_at)
                    select 'sam@example.com', 'Sam', password_hash, now() from operator
                    where email = ?
                    on conflict do nothing;
                insert into membership select g.id, o.id, 'owner', now()
                    from organization g, operator o
                    where g.name = 'Strangers' and o.email = 'sam@example.com'
                    on conflict do nothing
                """,
                EMAIL);
        TestOperator sam = TestOperator.at(service);
        assertThat(sam.signIn("sam@example.com", TestOperator.PASSWORD).statusCode())
                .isEqualTo(303);
        return sam;
    }
}
