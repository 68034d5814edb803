// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * That an operator belongs to an organization.
 *
 * @param role the lower-case name of a {@link Role}
 */
@MappedEntity
record Membership(@Id long organizationId, long operatorId, String role) {}
