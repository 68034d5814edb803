// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is read.
 *
 * @param id grows with time; pages go by it
 * @param who name and address of the operator, name of the key, or empty for whoever runs the
 *     machine or holds a link
 * @param action such as {@code role-changed}
 * @param subject what it was done to, in words
 * @param logIndex of its entry; absent until it is logged, some seconds later
 */
@Introspected
public record TrailEvent(
        long id, String who, String action, String subject, Instant at, @Nullable Long logIndex) {
    private static final String LINK = "by the link “";

    /** Whether nobody is known to have done it but the holder of a link. */
    public boolean isByLink() {
        return who.isEmpty() && subject.contains(LINK);
    }
}
