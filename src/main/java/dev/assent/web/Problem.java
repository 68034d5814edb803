// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, told to a program and to a person (RFC 9457, {@code application/problem+json}).
 *
 * @param type where this kind of problem is described, such as {@code
 *     /problems/origin-not-allowed}; stable, so that programs may compare it; one of {@link
 *     ProblemType}, or {@code about:blank} where the status says all
 * @param title the kind in a few words, the same for each occurrence
 * @param status the HTTP status, repeated
 * @param detail this occurrence, in words that say what was expected; never a personal datum
 * @param errors each fault of the sent document, absent where the problem is not one of content
 */
@Serdeable
@Introspected
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable List<Fault> errors) {

    /** The media type of every error answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * A fault in a sent document.
     *
     * @param pointer where (RFC 6901), such as {@code /choices/analytics}; empty for the whole
     * @param detail what was expected there
     */
    @Serdeable
    @Introspected
    public record Fault(String pointer, String detail) {}

    /** The same problem with the faults that make it up. */
    public Problem with(List<Fault> faults) {
        return new Problem(type, title, status, detail, List.copyOf(faults));
    }
}
