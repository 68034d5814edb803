// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.TestServers;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Erases records as the tables' owner: by one statement in the log for a run of numbers. */
final class TestErasure {
    private static final String STATE =
            """
            with head as (
                update log_head set size = size + 1 returning size - 1 as index),
            entry as (
                insert into log_entry (index, entry) select index, ? from head)
            insert into log_statement (log_index, document)
            select index, ?
            from head
            """;

    private static final String ERASE =
            "select erase_by_statement(max(log_index)) from log_statement";

    private final String url;

    TestErasure(String url) {
        this.url = url;
    }

    void erase(String siteKey, long first, long last) throws SQLException {
        byte[] statement =
                CanonicalJson.write(
                        JsonObject.builder()
                                .put("v", 1)
                                .put("site", siteKey)
                                .put("first", first)
                                .put("last", last)
                                .put("reason", "request")
                                .put("at", "2026-12-01T00:00:00.000Z")
                                .build());
        Entry entry = new Entry(Entry.Type.ERASURE, Hash.of(statement));
        try (Connection connection = TestServers.connect(url);
                PreparedStatement state = connection.prepareStatement(STATE);
                PreparedStatement erase = connection.prepareStatement(ERASE)) {
            connection.setAutoCommit(false);
            Reach.PUBLIC.enter(connection);
            state.setBytes(1, entry.bytes());
            state.setBytes(2, statement);
            state.executeUpdate();
            erase.execute();
            connection.commit();
        }
    }
}
