// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Prover;
import dev.assent.note.NoteSignature;
import dev.assent.web.Transactions;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest checkpoint cosigned by the operator's witnesses, after it is published: the log
 * waits for nobody. Cosignatures are stored once they are enough for the quorum.
 */
@Singleton
final class Witnesses {
    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);

    private final WitnessConfiguration configuration;
    private final Witnessing witnessing;
    private final LogKeys keys;
    private final Checkpoints checkpoints;
    private final Tiles tiles;
    private final Transactions transactions;

    /** What was last said of each witness; the same is not said again. */
    private final Map<String, String> said = new HashMap<>();

    private long stored;

    Witnesses(
            WitnessConfiguration configuration,
            Witnessing witnessing,
            LogKeys keys,
            Checkpoints checkpoints,
            Tiles tiles,
            Transactions transactions) {
        this.configuration = configuration;
        this.witnessing = witnessing;
        this.keys = keys;
        this.checkpoints = checkpoints;
        this.tiles = tiles;
        this.transactions = transactions;
    }

    /** Whether there are any. */
    boolean areAsked() {
        return !configuration.witnesses().isEmpty();
    }

    /**
     * Asks all of them about the newest checkpoint, unless they have vouched for it; takes 10
     * seconds at most. No transaction is open meanwhile.
     *
     * @throws DataAccessException if the database is out of reach
     */
    synchronized void vouch() {
        Optional<SignedCheckpoint> newest = newest().filter(last -> last.size() > stored);
        if (newest.isPresent()) {
            List<WitnessOutcome> outcomes = ask(newest.get());
            boolean isEnough = configuration.quorum().isMetBy(WitnessOutcome.cosigners(outcomes));
            String lines = lines(outcomes);
            if (isEnough && !lines.isEmpty()) {
                store(newest.get().size(), lines);
                stored = newest.get().size();
            }
            outcomes.forEach(this::say);
            outcomes.forEach(this::heed);
        }
    }

    /** A witness that knows another history is a reason to stop, at any time. */
    private void heed(WitnessOutcome outcome) {
        switch (outcome) {
            // Another node may have signed, and had cosigned, more since we looked.
            case WitnessOutcome.Ahead ahead when isLarger(ahead.size()) -> stop(outcome);
            case WitnessOutcome.Contradicts contradicts -> stop(outcome);
            default -> {}
        }
    }

    private boolean isLarger(long size) {
        return newest().filter(last -> last.size() >= size).isEmpty();
    }

    private void stop(WitnessOutcome outcome) {
        keys.stop(ahead(outcome));
    }

    /**
     * Returns if no witness knows more of this log than the database does.
     *
     * @throws LogException if one says that it does: a restored backup must not fork the log
     */
    synchronized void requireNoneAhead() {
        newest().ifPresent(checkpoint -> {
            for (WitnessOutcome outcome : ask(checkpoint)) {
                if (outcome instanceof WitnessOutcome.Ahead
                        || outcome instanceof WitnessOutcome.Contradicts) {
                    throw new LogException(ahead(outcome));
                }
                say(outcome);
            }
        });
    }

    private static String ahead(WitnessOutcome outcome) {
        return "the witness "
                + outcome.witness().name()
                + " contradicts the database: "
                + outcome.summary()
                + ". To go on from here could fork the log. If this is a restored backup, restore a"
                + " newer one, with the write-ahead log. If you know that the witness is wrong, take"
                + " it out of ASSENT_WITNESS_FILE (docs/operating.md says more).";
    }

    private List<WitnessOutcome> ask(SignedCheckpoint checkpoint) {
        long size = checkpoint.size();
        return witnessing.cosign(checkpoint.note(), size, old -> consistency(old, size));
    }

    private ConsistencyProof consistency(long old, long size) {
        return transactions.read(
                "read tiles",
                connection -> new Prover(tiles.reader(connection, size)).consistency(old, size));
    }

    private Optional<SignedCheckpoint> newest() {
        return transactions.read("read the newest checkpoint", checkpoints::newest);
    }

    private void store(long size, String lines) {
        transactions.write(
                "store cosignatures",
                connection -> {
                    checkpoints.insertCosignatures(connection, size, lines, true);
                    return size;
                });
    }

    private static String lines(List<WitnessOutcome> outcomes) {
        return WitnessOutcome.lines(outcomes).stream()
                .map(NoteSignature::format)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private void say(WitnessOutcome outcome) {
        if (outcome instanceof WitnessOutcome.Waiting) {
            return;
        }
        String name = outcome.witness().name();
        String summary = outcome.summary();
        String before = said.put(name, summary);
        if (summary.equals(before)) {
            return;
        }
        if (outcome instanceof WitnessOutcome.Cosigned) {
            LOG.info("witness {}: {}", name, summary);
        } else {
            LOG.warn("witness {}: {}", name, summary);
        }
    }
}
