// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a site records.
 *
 * @param recent records of the last 30 days that are not erased, counted no further than {@link
 *     SiteActivity#MOST}
 * @param lastAt when the newest of its records was made that is not erased; absent if there is none
 */
@MappedEntity
public record Activity(@Id long siteId, long recent, @Nullable Instant lastAt) {}
