// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of what happens on a site. Its secret stands elsewhere.
 *
 * @param url absolute, https unless the machine's operator allows others, at most 2,000 characters
 * @param types words of {@link EventType}, at least one
 * @param oldUntil until when the secret before the present one signs too
 * @param failingSince since when nothing has arrived; absent while things do
 * @param pausedWhy {@code gone} (it answered 410), {@code failing} (for five days) or {@code
 *     operator}
 */
@MappedEntity
@Introspected
public record Webhook(
        @Id long id,
        long siteId,
        String url,
        @MappedProperty(type = DataType.STRING_ARRAY) List<String> types,
        @Nullable Instant oldUntil,
        Instant createdAt,
        @Nullable Instant failingSince,
        @Nullable Instant pausedAt,
        @Nullable String pausedWhy) {

    public Webhook {
        types = List.copyOf(types);
    }

    /** The address without what may open something: path and query. */
    public String host() {
        URI address = URI.create(url);
        return address.getScheme() + "://" + address.getRawAuthority() + "/…";
    }

    public boolean isPaused() {
        return pausedAt != null;
    }
}
