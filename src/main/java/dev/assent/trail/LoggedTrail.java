// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import dev.assent.account.Isolation;
import dev.assent.account.Refusal;
import dev.assent.account.SignedIn;
import dev.assent.log.LogProofs;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.EventProof;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.OperatorEvent;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads an organization's trail, and proves of each event that it was logged. */
@Singleton
public class LoggedTrail {
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final TrailRepository events;
    private final Isolation isolation;
    private final LogProofs log;

    LoggedTrail(TrailRepository events, Isolation isolation, LogProofs log) {
        this.events = events;
        this.isolation = isolation;
        this.log = log;
    }

    /**
     * What happened, newest first.
     *
     * @param before the id of the last event of the page before; {@link Long#MAX_VALUE} for the
     *     first
     * @param limit at least 1
     * @throws Refusal if the query has a fault
     */
    public List<TrailEvent> list(SignedIn me, TrailQuery query, long before, int limit) {
        query.check();
        Instant from = query.from();
        return isolation.within(
                me.organizationId(),
                () ->
                        events.list(
                                me.organizationId(),
                                before,
                                query.action(),
                                from == null ? BEGINNING : from,
                                from == null ? END : from.plus(Duration.ofDays(1)),
                                query.pattern(),
                                limit));
    }

    /** Every action that there has been, in the order of the alphabet. */
    public List<String> actions(SignedIn me) {
        return isolation.within(me.organizationId(), () -> events.actions(me.organizationId()));
    }

    /**
     * What proves an event to a stranger: the event, its salt, and that its entry is in the log.
     *
     * @return empty while it is not in the log, or no checkpoint covers it yet
     * @throws ProblemException 404 if the organization has no such event
     */
    public Optional<EventProof> prove(SignedIn me, long event) {
        return isolation.within(me.organizationId(), () -> find(me, event)).flatMap(this::prove);
    }

    private Optional<TrailEntry> find(SignedIn me, long event) {
        if (events.exists(me.organizationId(), event).isEmpty()) {
            throw ProblemException.notFound("event");
        }
        return events.find(me.organizationId(), event);
    }

    private Optional<EventProof> prove(TrailEntry entry) {
        return log.under(
                entry.logIndex(),
                proofs ->
                        new EventProof(
                                event(entry), proofs.tlogProof(entry.logIndex()), proofs.vkey()));
    }

    private static OperatorEvent event(TrailEntry entry) {
        try {
            String at = CanonicalJson.parseCanonicalObject(entry.document()).text("at");
            return new OperatorEvent(entry.document(), entry.salt(), at);
        } catch (JsonException e) {
            throw new IllegalStateException("a stored event is none", e);
        }
    }
}
