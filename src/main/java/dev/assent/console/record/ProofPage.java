// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One consent record, as a person reads it.
 *
 * @param id of the record, UUIDv7
 * @param headline what was answered, in a few words
 * @param site its name, or its key where the name is no longer known
 * @param answers every purpose of the policy version, in the order shown
 * @param proof absent while no checkpoint covers the record
 * @param document the canonical record, as it is stored
 */
public record ProofPage(
        String id,
        String headline,
        String site,
        Asker asker,
        Words words,
        List<Answer> answers,
        Deed deed,
        Times times,
        Policy policy,
        Place place,
        @Nullable Proof proof,
        String document) {

    public ProofPage {
        answers = List.copyOf(answers);
    }

    /**
     * Who asked: the controller (GDPR article 4 (7)), as far as the policy names it.
     *
     * @param siteKey public name of the site
     * @param contact an address of whatever kind
     * @param contactLink where {@code contact} leads, if it is a mail or web address
     * @param privacyPolicy address of the site's privacy policy, http or https
     */
    public record Asker(
            String siteKey,
            @Nullable String name,
            @Nullable String address,
            @Nullable String contact,
            @Nullable String contactLink,
            @Nullable String privacyPolicy) {}

    /**
     * What was asked, in the words shown.
     *
     * @param language BCP 47
     * @param languageName in English
     * @param direction {@code ltr} or {@code rtl}
     * @param labels what the buttons said; none where nothing was drawn
     */
    public record Words(
            String language,
            String languageName,
            String direction,
            String title,
            String body,
            List<Label> labels) {}

    /** Words on a button, and whether it is the one that was pressed. */
    public record Label(String words, boolean pressed) {}

    /** What was answered to one purpose; name and description in the words shown. */
    public record Answer(String purpose, String name, String description, State state) {}

    /** How an answer looks. */
    public enum State {
        GRANTED("granted", "Granted"),
        REFUSED("refused", "Refused"),
        REQUIRED("required", "Not asked");

        private final String style;
        private final String words;

        State(String style, String words) {
            this.style = style;
            this.words = words;
        }

        public String style() {
            return style;
        }

        public String words() {
            return words;
        }
    }

    /** What the visitor did, and where, each a sentence. */
    public record Deed(String did, String where) {}

    /**
     * @param clocks what the difference of the two clocks means
     * @param late whether they differ by more than five minutes
     */
    public record Times(
            Moment recorded,
            Moment occurred,
            String clocks,
            boolean late,
            Moment expires,
            boolean expired) {}

    /**
     * @param sha256 of the artefact, 64 hexadecimal digits
     * @param reason why it was published, in the owner's words
     */
    public record Policy(
            long version, String sha256, @Nullable Moment published, @Nullable String reason) {}

    /**
     * @param subject stands for the visitor on this site alone, 22 characters
     * @param previous commitment of the visitor's record before this; absent: the first
     */
    public record Place(long seq, long index, String subject, @Nullable String previous) {}

    /**
     * Where the record's proof is.
     *
     * @param receipt address of the receipt
     * @param check address of the verifier, with the bundle in its fragment, which no browser sends
     * @param log name of the log
     * @param size entries under the checkpoint
     * @param witnesses how many keys besides the log's have signed that checkpoint
     */
    public record Proof(String receipt, String check, String log, long size, int witnesses) {}
}
