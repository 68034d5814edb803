// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.log.WitnessAnswer.Conflict;
import dev.assent.log.WitnessAnswer.Refused;
import dev.assent.log.WitnessAnswer.Unreachable;
import dev.assent.log.WitnessOutcome.Ahead;
import dev.assent.log.WitnessOutcome.Contradicts;
import dev.assent.log.WitnessOutcome.Cosigned;
import dev.assent.log.WitnessOutcome.Failed;
import dev.assent.log.WitnessOutcome.Waiting;
import dev.assent.merkle.ConsistencyProof;
import dev.assent.note.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one witness has come. In memory alone: after a restart the witness itself says it, which
 * costs one request more.
 */
final class WitnessProgress {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessProgress.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 6;
    private static final int UNPROCESSABLE = 422;

    private final Witness witness;
    private long size;
    private @Nullable String text;
    private @Nullable Cosigned cosigned;
    private int failures;
    private Instant retryAt = Instant.MIN;

    WitnessProgress(Witness witness) {
        this.witness = witness;
    }

    Witness witness() {
        return witness;
    }

    /** The size that it cosigned last, as far as we know; 0 if that is not below {@code size}. */
    long oldSize(long size) {
        return this.size <= size ? this.size : 0;
    }

    /**
     * The outcome where there is nothing to ask: it has cosigned this, or is not to be asked yet.
     */
    Optional<WitnessOutcome> known(Note checkpoint, Instant now) {
        if (cosigned != null && checkpoint.text().equals(text)) {
            return Optional.of(cosigned);
        }
        // Where the clock was set back the wait is over too.
        boolean waits = now.isBefore(retryAt) && !now.plus(LONGEST_WAIT).isBefore(retryAt);
        return waits ? Optional.of(new Waiting(witness, retryAt)) : Optional.empty();
    }

    /**
     * Takes the last answer about a checkpoint.
     *
     * @param asked from the size that was asked with to the checkpoint's
     */
    WitnessOutcome take(
            WitnessAnswer answer, ConsistencyProof asked, Note checkpoint, Instant now) {
        return switch (answer) {
            case WitnessAnswer.Cosigned(var line) -> {
                Cosigned outcome = new Cosigned(witness, line);
                succeeded(outcome, asked.second(), checkpoint);
                yield outcome;
            }
            case Conflict(long theirs) -> {
                size = theirs;
                yield failed(conflict(theirs, asked), now);
            }
            case Refused(int status, String detail) ->
                    failed(
                            status == UNPROCESSABLE && asked.first() > 0
                                    ? new Contradicts(witness, asked.first())
                                    : new Failed(witness, "it answers " + status + ": " + detail),
                            now);
            case Unreachable(String why) -> failed(new Failed(witness, why), now);
        };
    }

    private WitnessOutcome conflict(long theirs, ConsistencyProof asked) {
        if (theirs > asked.second()) {
            return new Ahead(witness, theirs);
        }
        return theirs == asked.first() && theirs == asked.second()
                ? new Contradicts(witness, theirs)
                : new Failed(
                        witness, "asked from " + asked.first() + ", it says it is at " + theirs);
    }

    private void succeeded(Cosigned outcome, long next, Note checkpoint) {
        if (failures > 0) {
            LOG.info("the witness {} cosigns again", witness.name());
        }
        size = next;
        text = checkpoint.text();
        cosigned = outcome;
        failures = 0;
        retryAt = Instant.MIN;
    }

    /** 1 second, 2, 4 … up to a minute. */
    private WitnessOutcome failed(WitnessOutcome outcome, Instant now) {
        if (failures == 0) {
            LOG.warn("the witness {} does not cosign: {}", witness.name(), outcome.summary());
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
        retryAt = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        return outcome;
    }
}
