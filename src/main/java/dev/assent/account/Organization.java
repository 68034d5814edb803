// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * The customer that owns sites: their legal controller, or its agency.
 *
 * @param name 1 to 200 characters
 */
@MappedEntity
public record Organization(@Id long id, String name, Instant createdAt) {}
