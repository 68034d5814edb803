// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.site.Site;
import dev.assent.web.Reach;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds records. What is erased is found no more than what never was. */
@Singleton
public class ConsentRecords {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final ConsentRecordRepository repository;
    private final ConsentStatements statements;
    private final Transactions transactions;
    private final Isolation isolation;

    ConsentRecords(
            ConsentRecordRepository repository,
            ConsentStatements statements,
            Transactions transactions,
            Isolation isolation) {
        this.repository = repository;
        this.statements = statements;
        this.transactions = transactions;
        this.isolation = isolation;
    }

    /** The record with this id, as it stands in a path; a text that is no UUID names none. */
    public Optional<ConsentRecord> find(String id) {
        // Java's own parser takes shorter forms too.
        return UUID_FORM.matcher(id).matches() ? find(UUID.fromString(id)) : Optional.empty();
    }

    /**
     * The record with this id; whoever holds the id may read it. But within an organization there
     * are no records of others.
     */
    public Optional<ConsentRecord> find(UUID id) {
        return Reach.current().isPresent()
                ? repository.findById(id).map(ConsentRow::record)
                : transactions.readAtOnce(
                        "read a record", connection -> statements.find(connection, id));
    }

    /**
     * What is looked for.
     *
     * @param below seq of the last record seen; {@link Long#MAX_VALUE} to begin
     * @param from recorded at or after it; absent: since ever
     * @param to recorded before it; absent: until now
     * @param action such as {@code save}; absent: all
     */
    record Search(
            long below, @Nullable Instant from, @Nullable Instant to, @Nullable String action) {}

    /** At most {@code limit} of what {@code site} has recorded of one visitor, oldest first. */
    List<ConsentRecord> ofVisitor(Site site, VisitorRequest visitor, int limit) {
        byte[] subject = Base64.getUrlDecoder().decode(visitor.subject());
        return isolation
                .publicly(() ->
                        repository.listOldestFirst(site.id(), subject, visitor.after(), limit))
                .stream()
                .map(ConsentRow::record)
                .toList();
    }

    /** At most {@code limit} of the site's records, newest first. */
    RecordPage page(Site site, Search search, int limit) {
        List<ConsentRow> rows =
                repository.listNewestFirst(
                        site.id(),
                        search.below(),
                        search.from(),
                        search.to(),
                        search.action(),
                        limit + 1);
        boolean more = rows.size() > limit;
        List<ConsentRow> shown = more ? rows.subList(0, limit) : rows;
        return new RecordPage(
                shown.stream().map(ConsentRecords::item).toList(),
                more ? Long.toString(shown.getLast().seq()) : null);
    }

    private static RecordPage.Item item(ConsentRow row) {
        return new RecordPage.Item(row.logIndex(), row.record().plainContent());
    }
}
