// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.consent.ExportRange;
import dev.assent.log.SignedCheckpoint;
import dev.assent.receipt.Sample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an archive of evidence holds, to be read by people: who asked what, in which words, and how
 * often it was answered how. Everything in it was counted from what the archive holds.
 *
 * @param madeAt by this service's clock
 * @param checkpoint under which everything lies
 * @param vkey the log's key
 * @param controller the lines that name it, of the newest policy; empty where no policy was shown
 * @param actions what visitors did
 * @param purposes what they answered to what was asked
 * @param necessary in how many records a purpose is on that nobody was asked for
 * @param policies those that records name, oldest first
 * @param receipts whether each record's receipt is a file of its own
 * @param sample absent where none was drawn
 * @param drawn what the sample drew, by ascending number
 */
public record Report(
        AuditScope scope,
        Instant madeAt,
        SignedCheckpoint checkpoint,
        String vkey,
        ExportRange numbers,
        long records,
        long erased,
        List<String> controller,
        List<Count> actions,
        List<Count> sources,
        List<Count> layouts,
        List<Count> erasures,
        List<PurposeCount> purposes,
        List<Count> necessary,
        List<Policy> policies,
        boolean receipts,
        @Nullable Sample sample,
        List<Drawn> drawn) {

    public Report {
        controller = List.copyOf(controller);
        actions = List.copyOf(actions);
        sources = List.copyOf(sources);
        layouts = List.copyOf(layouts);
        erasures = List.copyOf(erasures);
        purposes = List.copyOf(purposes);
        necessary = List.copyOf(necessary);
        policies = List.copyOf(policies);
        drawn = List.copyOf(drawn);
    }

    /** How often something was recorded; {@code name} as records say it. */
    public record Count(String name, long count) {}

    /** How often a purpose was granted and refused by those who were asked. */
    public record PurposeCount(String id, long granted, long refused) {}

    /**
     * A version of the policy.
     *
     * @param index of its entry in the log, which is before that of each record under it
     * @param shown in the languages in which records name it, the most frequent first
     * @param omitted how many more languages there are, whose words are in the artefact alone
     */
    public record Policy(
            long version,
            String sha256,
            long index,
            Instant publishedAt,
            String reason,
            boolean material,
            long records,
            Instant first,
            Instant last,
            List<Shown> shown,
            int omitted) {
        public Policy {
            shown = List.copyOf(shown);
        }
    }

    /**
     * The words of one language.
     *
     * @param direction {@code ltr} or {@code rtl}
     * @param buttons what stood on the banner's buttons
     */
    public record Shown(
            String language,
            String direction,
            long records,
            String title,
            String body,
            List<String> buttons,
            List<Asked> purposes) {
        public Shown {
            buttons = List.copyOf(buttons);
            purposes = List.copyOf(purposes);
        }
    }

    /** A purpose in the words shown. */
    public record Asked(String id, String name, String description, boolean required) {}
}
