// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A web property that carries our script.
 *
 * @param id inside the database only; never shown
 * @param siteKey the public name, 10 letters and digits, such as {@code k7Q2mZ0pRb}
 * @param name for people, 1 to 200 characters
 * @param origins from which choices are taken, each as {@link Origins} writes it
 * @param cookieDomain {@code Domain} of the cookie, so that one choice holds on every subdomain;
 *     absent: the visited host alone
 * @param retention how long a record is kept after it has expired
 * @param removedAt since when it asks nobody any more; its evidence stays until retention ends
 */
@MappedEntity
public record Site(
        @Id long id,
        long organizationId,
        String siteKey,
        String name,
        @MappedProperty(type = DataType.STRING_ARRAY) List<String> origins,
        @Nullable String cookieDomain,
        @MappedProperty(converter = PeriodConverter.class) Period retention,
        Instant createdAt,
        @Nullable Instant removedAt) {

    public Site {
        origins = List.copyOf(origins);
    }

    public boolean isRemoved() {
        return removedAt != null;
    }

    /**
     * Whether a browser on {@code origin} may send choices: the value of the {@code Origin} header
     * as it came. {@code null}, absent or the word, never may.
     */
    public boolean allows(@Nullable String origin) {
        return origin != null && Origins.cover(origins, origin);
    }
}
