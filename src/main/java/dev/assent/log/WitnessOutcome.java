// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteSignature;
import dev.assent.note.NoteVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of one checkpoint at one witness. */
sealed interface WitnessOutcome {
    Witness witness();

    /** What happened, for whoever runs the log; without the witness's name. */
    String summary();

    /** Cosigned, by this line. */
    record Cosigned(Witness witness, NoteSignature line) implements WitnessOutcome {
        @Override
        public String summary() {
            return "it has cosigned";
        }
    }

    /**
     * The witness says that it has cosigned a larger tree of ours. Where we asked with the newest
     * checkpoint that we have, our database is an old copy, and must not sign another one. Nobody
     * has signed this size: a false witness, or one in between on plain http, can make it up.
     */
    record Ahead(Witness witness, long size) implements WitnessOutcome {
        @Override
        public String summary() {
            return "it says that it has cosigned size " + size + ", which is more than we have";
        }
    }

    /**
     * The witness has cosigned a tree of {@code size} entries that is not the beginning of ours, or
     * cannot verify our proof that it is: our history was changed, or one of the two has a fault.
     * Not signed either.
     */
    record Contradicts(Witness witness, long size) implements WitnessOutcome {
        @Override
        public String summary() {
            return "it says that our tree does not continue the one of size "
                    + size
                    + " that it cosigned";
        }
    }

    /** No cosignature this time. */
    record Failed(Witness witness, String why) implements WitnessOutcome {
        @Override
        public String summary() {
            return why;
        }
    }

    /** Not asked, because it failed a moment ago. */
    record Waiting(Witness witness, Instant until) implements WitnessOutcome {
        @Override
        public String summary() {
            return "it failed and is asked again at " + until;
        }
    }

    /** The cosignatures among these. */
    static List<NoteSignature> lines(List<WitnessOutcome> outcomes) {
        return outcomes.stream()
                .filter(Cosigned.class::isInstance)
                .map(outcome -> ((Cosigned) outcome).line())
                .toList();
    }

    /** Those who cosigned, as a quorum takes them. */
    static Set<NoteVerifier> cosigners(List<WitnessOutcome> outcomes) {
        return outcomes.stream()
                .filter(Cosigned.class::isInstance)
                .map(outcome -> outcome.witness().key())
                .collect(Collectors.toUnmodifiableSet());
    }
}
