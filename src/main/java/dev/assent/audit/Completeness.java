// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.account.Refusal;
import dev.assent.audit.Evidence.Proven;
import dev.assent.consent.ConsentExport;
import dev.assent.consent.ExportLine;
import dev.assent.consent.ExportRange;
import dev.assent.consent.ExportStream;
import dev.assent.consent.NumberWalk;
import dev.assent.log.LogProofs;
import dev.assent.log.SignedCheckpoint;
import dev.assent.receipt.ExportVerifier;
import dev.assent.receipt.Verdict;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers whether anything is missing between two records of a site. */
@Singleton
public class Completeness {
    /** The most numbers that one question covers. */
    public static final long MAX_LENGTH = 1_000_000;

    /** The most numbers of which every proof is verified while one waits. */
    public static final long VERIFIED = 1000;

    private final Evidence evidence;
    private final NumberWalk numbers;
    private final ConsentExport exports;
    private final LogProofs log;

    Completeness(Evidence evidence, NumberWalk numbers, ConsentExport exports, LogProofs log) {
        this.evidence = evidence;
        this.numbers = numbers;
        this.exports = exports;
        this.log = log;
    }

    /**
     * Looks at every number between two records, those included.
     *
     * @param one a receipt, a proof bundle, or a record's id or number
     * @param other the same
     * @throws Refusal at {@code one} or {@code other}
     */
    public Stretch between(AuditScope scope, String one, String other) {
        Proven a = evidence.read(scope, "one", one);
        Proven b = evidence.read(scope, "other", other);
        require(scope, "one", a);
        require(scope, "other", b);
        Proven low = a.seq() <= b.seq() ? a : b;
        Proven high = a.seq() <= b.seq() ? b : a;
        if (high.seq() - low.seq() >= MAX_LENGTH) {
            throw new Refusal(
                    "other",
                    "These are more than a million records apart. Export them and check the file.");
        }
        return look(scope, low, high);
    }

    /**
     * Every number of a stretch with its proof, for a file.
     *
     * @return empty if it is not all in {@code scope}
     */
    public Optional<ExportStream> open(AuditScope scope, long first, long last) {
        ExportRange all = range(scope);
        return first < all.first() || last > all.last() || last < first
                ? Optional.empty()
                : exports.stretch(scope.site(), new ExportRange(first, last));
    }

    private Stretch look(AuditScope scope, Proven low, Proven high) {
        var found = new Stretch.Builder(low.seq(), high.seq());
        numbers.walk(
                scope.site(),
                low.seq(),
                high.seq(),
                step -> {
                    found.take(step.seq(), step.index(), step.isErased(), step.stated());
                    if (isMoved(step, low) || isMoved(step, high)) {
                        found.add(Stretch.Kind.MOVED, step.seq(), step.seq());
                    }
                });
        found.end();
        boolean verified = found.isSound() && high.seq() - low.seq() < VERIFIED;
        return found.build(verified ? verify(scope, low.seq(), high.seq()) : null);
    }

    private static boolean isMoved(NumberWalk.Step step, Proven proven) {
        return step.seq() == proven.seq() && step.index() != proven.index();
    }

    private @Nullable Verdict verify(AuditScope scope, long first, long last) {
        Optional<ExportStream> lines = exports.stretch(scope.site(), new ExportRange(first, last));
        if (lines.isEmpty()) {
            return null;
        }
        try (InputStream in = new SequenceInputStream(new LineInputs(lines.get()))) {
            return new ExportVerifier(evidence.trust(), Optional.empty(), line -> {}).verify(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from memory", e);
        }
    }

    private void require(AuditScope scope, String field, Proven proven) {
        ExportRange all = range(scope);
        if (proven.seq() < all.first() || proven.seq() > all.last()) {
            throw new Refusal(
                    field, "Record " + proven.seq() + " is outside of what is audited here.");
        }
    }

    private ExportRange range(AuditScope scope) {
        long size = log.served().map(SignedCheckpoint::size).orElse(0L);
        return exports.numbers(scope.site(), size, scope.from(), scope.to());
    }

    /** The lines of an export, each read when the one before is used up. */
    private static final class LineInputs implements Enumeration<InputStream> {
        private final ExportStream lines;
        private @Nullable ExportLine next;

        private LineInputs(ExportStream lines) {
            this.lines = lines;
            this.next = lines.next();
        }

        @Override
        public boolean hasMoreElements() {
            return next != null;
        }

        @Override
        public InputStream nextElement() {
            ExportLine line = next;
            if (line == null) {
                throw new NoSuchElementException();
            }
            next = lines.next();
            return new ByteArrayInputStream(line.bytes());
        }
    }
}
