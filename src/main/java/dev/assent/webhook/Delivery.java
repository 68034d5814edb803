// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to one webhook, however often it is sent.
 *
 * @param messageId the same each time
 * @param type a word of {@link EventType}, or {@code webhook.test}
 * @param state {@code waiting}, {@code delivered} or {@code failed}, which is for good
 * @param attempts how often it has been sent
 * @param nextAt when it is sent next, while it waits
 * @param sentAt when it was sent last
 * @param status that was answered last; absent if nothing was
 * @param millis from opening the connection to the answer's end, the last time
 * @param answer the first 300 characters of what was answered, or why nothing was
 */
@MappedEntity("webhook_delivery")
public record Delivery(
        @Id long id,
        java.util.UUID messageId,
        String type,
        String state,
        int attempts,
        Instant nextAt,
        Instant createdAt,
        @Nullable Instant sentAt,
        @Nullable Integer status,
        @Nullable Integer millis,
        String answer) {

    public boolean isWaiting() {
        return state.equals("waiting");
    }
}
