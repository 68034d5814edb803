// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.ProblemException;
import dev.assent.web.ProblemType;
import dev.assent.web.Transactions;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch of choices in one transaction. Its steps are in the order that makes it safe:
 *
 * <ol>
 *   <li>lock the log's head: from here nobody else, on any node, records anything,
 *   <li>see which ids are there already, and the records that the choices call their previous,
 *   <li>give each new choice its site's next seq and the log's next index,
 *   <li>append the entries, insert the records, move the head and the sites' sequences,
 *   <li>commit.
 * </ol>
 *
 * A crash before the commit leaves nothing; one after it leaves records that have not been
 * answered, which the widget sends again and gets back.
 */
@Singleton
class RecordBatch {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Transactions transactions;
    private final ConsentStatements statements;
    private final InstantSource clock;

    RecordBatch(Transactions transactions, ConsentStatements statements, InstantSource clock) {
        this.transactions = transactions;
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * Writes {@code batch}, in its order.
     *
     * @return how to answer each, to be run now that everything is durable
     * @throws DataAccessException if a statement failed; nothing of the batch is stored
     */
    List<Runnable> write(List<PendingChoice> batch) {
        return transactions.write("record choices", connection -> write(connection, batch));
    }

    private List<Runnable> write(Connection connection, List<PendingChoice> batch)
            throws SQLException {
        ConsentStatements.Known known = statements.open(connection, batch);
        Map<UUID, StoredRecord> records = known.records();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);

        var answers = new ArrayList<Runnable>(batch.size());
        var fresh = new ArrayList<StoredRecord>(batch.size());
        for (PendingChoice pending : batch) {
            StoredRecord stored = records.get(pending.choice().id());
            if (stored == null) {
                long seq = known.lastSeq().merge(pending.policy().siteId(), 1L, Long::sum);
                long index = known.head().size() + fresh.size();
                stored = newRecord(pending, seq, index, now, records);
                records.put(pending.choice().id(), stored);
                fresh.add(stored);
                answers.add(success(pending, stored, true));
            } else {
                answers.add(repeated(pending, stored));
            }
        }
        if (!fresh.isEmpty()) {
            statements.store(connection, known.head(), fresh, known.lastSeq());
        }
        return answers;
    }

    private static StoredRecord newRecord(
            PendingChoice pending,
            long seq,
            long index,
            Instant now,
            Map<UUID, StoredRecord> known) {
        String previous = previousCommitment(pending, known);
        return new StoredRecord(
                pending.policy().siteId(),
                pending.policy().version(),
                pending.choice().action().word(),
                pending.subject(),
                pending.record(seq, index, now, previous));
    }

    /**
     * The commitment of the visitor's previous record on this site. What is unknown, erased or
     * another visitor's is left out without a word: an answer must not tell whose ids exist.
     */
    private static @Nullable String previousCommitment(
            PendingChoice pending, Map<UUID, StoredRecord> known) {
        StoredRecord previous = known.get(pending.choice().previous());
        if (previous == null
                || previous.siteId() != pending.policy().siteId()
                || !previous.subject().equals(pending.subject())) {
            return null;
        }
        return BASE64URL.encodeToString(previous.record().commitment().bytes());
    }

    private static Runnable repeated(PendingChoice pending, StoredRecord stored) {
        if (pending.isRecordedAs(stored.record())) {
            return success(pending, stored, false);
        }
        return () ->
                pending.answer()
                        .completeExceptionally(
                                ProblemException.of(
                                        ProblemType.CONSENT_ID_REUSED.problem(
                                                "Another choice has been recorded under this id.")));
    }

    private static Runnable success(PendingChoice pending, StoredRecord stored, boolean isNew) {
        return () -> pending.answer().complete(new Recorded(stored.record(), isNew));
    }
}
