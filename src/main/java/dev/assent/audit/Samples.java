// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.account.Refusal;
import dev.assent.consent.ConsentExport;
import dev.assent.consent.ExportLine;
import dev.assent.consent.ExportRange;
import dev.assent.consent.ExportStream;
import dev.assent.log.LogProofs;
import dev.assent.log.SignedCheckpoint;
import dev.assent.receipt.Sample;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws records by a seed, from what lay under a checkpoint that the auditor has kept. */
@Singleton
public class Samples {
    private final ConsentExport exports;
    private final LogProofs log;

    Samples(ConsentExport exports, LogProofs log) {
        this.exports = exports;
        this.log = log;
    }

    /** What the auditor keeps before a seed is named; empty until the first is signed. */
    public Optional<SignedCheckpoint> checkpoint() {
        return log.served();
    }

    /** The numbers that would be drawn from under a checkpoint of this size. */
    public ExportRange numbers(AuditScope scope, long size) {
        return exports.numbers(scope.site(), size, scope.from(), scope.to());
    }

    /**
     * Draws.
     *
     * @param size of the checkpoint that was kept
     * @param seed as it was typed
     * @param count 1 to {@link Sample#MAX_COUNT}
     * @throws Refusal at {@code size}, {@code seed} or {@code count}
     */
    public Sample draw(AuditScope scope, long size, String seed, int count) {
        long served = checkpoint().map(SignedCheckpoint::size).orElse(0L);
        if (size < 1 || size > served) {
            throw new Refusal(
                    "size",
                    "Give the size of a checkpoint that this log has signed, 1 to " + served + ".");
        }
        if (count < 1 || count > Sample.MAX_COUNT) {
            throw new Refusal(
                    "count", "Give a number of records from 1 to " + Sample.MAX_COUNT + ".");
        }
        if (!Sample.isSeed(seed)) {
            throw new Refusal(
                    "seed", "Give a seed of 1 to " + Sample.MAX_SEED + " characters on one line.");
        }
        ExportRange numbers = numbers(scope, size);
        if (numbers.isEmpty()) {
            throw new Refusal("size", "Nothing was recorded here under a checkpoint of that size.");
        }
        return new Sample(
                scope.site().siteKey(), numbers.first(), numbers.last(), size, seed, count);
    }

    /** What was drawn, by ascending number. */
    public List<Drawn> look(AuditScope scope, Sample sample) {
        List<Drawn> found = new ArrayList<>();
        ExportStream lines = open(scope, sample);
        for (ExportLine line = lines.next(); line != null; line = lines.next()) {
            found.add(Drawn.of(line));
        }
        return found;
    }

    /** The lines of the sample's file that follow its head, each with its proof. */
    public ExportStream open(AuditScope scope, Sample sample) {
        ExportRange range = new ExportRange(sample.first(), sample.last());
        return exports.some(scope.site(), range, sample.numbers())
                .orElseThrow(() -> new IllegalStateException("drawn from an unsigned log"));
    }
}
