// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A person who signs in to the console.
 *
 * @param email ASCII, lower case, at most 254 characters; unique
 * @param name 1 to 200 characters, for people
 * @param passwordHash as {@link Passwords} makes it
 */
@MappedEntity
record Operator(@Id long id, String email, String name, String passwordHash, Instant createdAt) {

    /** Without the hash of the password. */
    @Override
    public String toString() {
        return "operator " + id;
    }
}
