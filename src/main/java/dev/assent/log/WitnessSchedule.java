// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.web.Background;
import dev.assent.web.DatabaseTrouble;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has witnesses asked beside the rounds of checkpoints, one round of theirs at a time. */
@Singleton
final class WitnessSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessSchedule.class);

    private final Witnesses witnesses;
    private final LogKeys keys;
    private final Background background;
    private final AtomicBoolean isRunning = new AtomicBoolean();

    WitnessSchedule(Witnesses witnesses, LogKeys keys, Background background) {
        this.witnesses = witnesses;
        this.keys = keys;
        this.background = background;
    }

    /** Begins a round if there are witnesses, this node signs, and no round is under way. */
    void begin() {
        if (witnesses.areAsked()
                && keys.signer().isPresent()
                && isRunning.compareAndSet(false, true)) {
            background.execute(this::round);
        }
    }

    private void round() {
        try {
            witnesses.vouch();
        } catch (RuntimeException e) {
            if (!DatabaseTrouble.isOutOfReach(e)) {
                LOG.error("witnesses cannot be asked", e);
            }
        } finally {
            isRunning.set(false);
        }
    }
}
