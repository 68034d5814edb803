// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link Choice}, for the API's description alone: {@link ChoiceReader} reads
 * it, as it names every fault at once and is stricter than a binding.
 */
@Introspected
@Schema(name = "Choice", description = "What the visitor did. At most 8 KiB; no other fields.")
record ChoiceSchema(
        @Schema(
                        description = "UUIDv7 made by the sender; sending it twice records it once",
                        example = "0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11")
                String id,
        Policy policy,
        @Schema(
                        description =
                                "every purpose of that version, true or false; required ones are true")
                Map<String, Boolean> choices,
        @Schema(allowableValues = {"accept_all", "reject_all", "save", "withdraw", "gpc"})
                String action,
        @Schema(allowableValues = {"banner", "preferences", "gpc", "api"}) String source,
        @Schema(description = "of the words shown; one that the policy offers", example = "fr")
                String language,
        @Schema(
                        description = "none: nothing was drawn",
                        allowableValues = {"desktop", "mobile", "none"})
                String layout,
        @Schema(
                        description = "by the sender's clock, whatever it says",
                        example = "2026-11-21T10:00:03.120Z")
                String occurredAt,
        @Schema(description = "32 bytes, base64url without padding; never stored") String secret,
        @Schema(description = "id of the visitor's previous choice on this site")
                @Nullable String previous) {

    /** The version that was shown. */
    @Introspected
    @Schema(name = "ChoicePolicy")
    record Policy(
            @Schema(description = "from 1", example = "12") int version,
            @Schema(description = "of its artefact, 64 lower-case hexadecimal digits")
                    String sha256) {}
}
