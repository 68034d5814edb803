// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.account.Isolation;
import dev.assent.web.FetchException;
import dev.assent.web.GuardedPost;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One round for one webhook: write down what has happened since its place, take what is due, send
 * it, write down how it went. No connection to the database is held while something is sent. A
 * crash in between sends again what was taken, under the same id: messages come at least once.
 */
@Singleton
class DeliveryRound {
    /** 410 Gone: it wants to hear nothing any more. */
    private static final int GONE = 410;

    private static final int MAX_ANSWER = 300;

    private final DeliveryRows rows;
    private final DeliveryOutcomes outcomes;
    private final WebhookSecrets secrets;
    private final GuardedPost post;
    private final Isolation isolation;
    private final InstantSource clock;

    DeliveryRound(
            DeliveryRows rows,
            DeliveryOutcomes outcomes,
            WebhookSecrets secrets,
            GuardedPost post,
            Isolation isolation,
            InstantSource clock) {
        this.rows = rows;
        this.outcomes = outcomes;
        this.secrets = secrets;
        this.post = post;
        this.isolation = isolation;
        this.clock = clock;
    }

    /**
     * How one sending went.
     *
     * @param status absent if nothing was answered
     */
    record Outcome(
            DeliveryRows.Due due, Instant at, @Nullable Integer status, int millis, String answer) {

        boolean arrived() {
            return status != null && status >= 200 && status < 300;
        }

        boolean isGone() {
            return status != null && status == GONE;
        }
    }

    /**
     * Does a round.
     *
     * @return whether there may be more to do at once
     */
    boolean run(DeliveryRows.Work work) {
        DeliveryRows.Batch batch = take(work);
        if (batch.due().isEmpty()) {
            return batch.more();
        }
        List<byte[]> keys = keys(batch);
        sendAll(
                batch.due().stream()
                        .map(due -> Executors.callable(() -> deliver(work, batch, keys, due)))
                        .toList());
        return true;
    }

    private DeliveryRows.Batch take(DeliveryRows.Work work) {
        try {
            return isolation.within(work.organizationId(), () -> rows.take(work, clock.instant()));
        } catch (DataAccessException failure) {
            if (Outbox.isOvertakenByErasure(failure)) {
                return DeliveryRows.Batch.AGAIN;
            }
            throw failure;
        }
    }

    /** Side by side; returns when all are through. */
    private static void sendAll(List<Callable<Object>> sendings) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Object> sending : threads.invokeAll(sendings)) {
                if (sending.state() == Future.State.FAILED) {
                    throw new IllegalStateException("a sending failed", sending.exceptionNow());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<byte[]> keys(DeliveryRows.Batch batch) {
        return batch.secrets().stream()
                .flatMap(sealed -> secrets.open(sealed, batch.siteId()).stream())
                .toList();
    }

    private void deliver(
            DeliveryRows.Work work,
            DeliveryRows.Batch batch,
            List<byte[]> keys,
            DeliveryRows.Due due) {
        Outcome outcome = send(batch, keys, due);
        isolation.within(work.organizationId(), () -> outcomes.store(work, outcome));
    }

    private Outcome send(DeliveryRows.Batch batch, List<byte[]> keys, DeliveryRows.Due due) {
        Instant begun = clock.instant();
        if (keys.isEmpty()) {
            return failed(due, begun, "Its secret cannot be read: ASSENT_SECRET_FILE is another.");
        }
        String id = "msg_" + due.messageId().toString().replace("-", "");
        long seconds = begun.getEpochSecond();
        Map<String, String> headers =
                Map.of(
                        "webhook-id", id,
                        "webhook-timestamp", Long.toString(seconds),
                        "webhook-signature", WebhookSignature.sign(keys, id, seconds, due.body()));
        try {
            GuardedPost.Answer answer = post.json(URI.create(batch.url()), headers, due.body());
            return new Outcome(
                    due, begun, answer.status(), millisSince(begun), words(answer.text()));
        } catch (FetchException e) {
            return failed(due, begun, e.reason());
        }
    }

    private Outcome failed(DeliveryRows.Due due, Instant begun, String why) {
        return new Outcome(due, begun, null, millisSince(begun), why);
    }

    private int millisSince(Instant begun) {
        return (int) Math.clamp(Duration.between(begun, clock.instant()).toMillis(), 0, 60_000);
    }

    /** What can be shown and stored of a stranger's text. */
    static String words(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+", " ").strip();
        return plain.codePointCount(0, plain.length()) <= MAX_ANSWER
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, MAX_ANSWER));
    }
}
