// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.consent.ExportLine;
import dev.assent.consent.ExportRange;
import dev.assent.consent.ExportStream;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Receipt;
import dev.assent.receipt.Sample;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An archive of evidence on its way: everything that a stranger needs to check a site's records
 * without asking anybody (docs/auditing.md). Its files are made one after the other; the report at
 * its end is counted from the records before it. Not for several threads at once.
 */
public final class EvidencePack {
    /** Receipts are files of their own up to so many numbers; they stand in the records anyway. */
    public static final long MAX_RECEIPTS = 10_000;

    private static final int CHUNK_BYTES = 1 << 15;

    private final EvidencePacks packs;
    private final AuditScope scope;
    private final ExportStream records;
    private final @Nullable Sample sample;
    private final Function<Report, byte[]> drawing;
    private final Tally tally = new Tally();
    private final Archive archive;

    /**
     * @param drawing makes the report's page: well-formed XML that is HTML too
     */
    EvidencePack(
            EvidencePacks packs,
            AuditScope scope,
            ExportStream records,
            @Nullable Sample sample,
            Function<Report, byte[]> drawing) {
        this.packs = packs;
        this.scope = scope;
        this.records = records;
        this.sample = sample;
        this.drawing = drawing;
        this.archive = new Archive(new Phases(phases()), packs.now());
    }

    /** The numbers that it holds. */
    public ExportRange range() {
        return records.range();
    }

    /**
     * The next bytes of the archive; empty after the last.
     *
     * @throws RuntimeException if they cannot be had: what was sent is to be cut off
     */
    public byte[] read() {
        return archive.read();
    }

    private Deque<Supplier<Iterator<Part>>> phases() {
        return new ArrayDeque<>(
                List.of(
                        () -> packs.fixed(records.log()).iterator(),
                        () -> List.of(new Part("records.ndjson", this::readRecords)).iterator(),
                        this::receipts,
                        this::sampled,
                        () -> packs.artefacts(tally, records.log()).iterator(),
                        this::report));
    }

    private byte[] readRecords() {
        var chunk = new ByteArrayOutputStream(CHUNK_BYTES + CHUNK_BYTES / 4);
        ExportLine line = records.next();
        while (line != null) {
            tally.add(line);
            chunk.writeBytes(line.bytes());
            line = chunk.size() < CHUNK_BYTES ? records.next() : null;
        }
        return chunk.toByteArray();
    }

    private boolean hasReceipts() {
        return range().length() <= MAX_RECEIPTS;
    }

    private Iterator<Part> receipts() {
        return hasReceipts()
                ? new ReceiptParts(packs.again(scope, records))
                : Collections.emptyIterator();
    }

    private Iterator<Part> sampled() {
        Sample drawn = sample;
        if (drawn == null) {
            return Collections.emptyIterator();
        }
        ExportStream lines = packs.open(scope, drawn);
        byte[] head = (CanonicalJson.writeText(drawn.json()) + "\n").getBytes(UTF_8);
        Deque<byte[]> first = new ArrayDeque<>(List.of(head));
        return List.of(
                        new Part(
                                "sample.ndjson",
                                () -> first.isEmpty() ? lines.read() : first.remove()))
                .iterator();
    }

    /** The page and its picture on paper, of the same words. */
    private Iterator<Part> report() {
        byte[] page = drawing.apply(packs.report(scope, records, tally, sample, hasReceipts()));
        return List.of(
                        Part.of("report.html", () -> page),
                        Part.of("report.pdf", () -> ReportPdf.of(page)))
                .iterator();
    }

    /** Parts, group after group, each group made when the one before is written. */
    private static final class Phases implements Iterator<Part> {
        private final Deque<Supplier<Iterator<Part>>> later;
        private Iterator<Part> now = Collections.emptyIterator();

        private Phases(Deque<Supplier<Iterator<Part>>> phases) {
            this.later = phases;
        }

        @Override
        public boolean hasNext() {
            while (!now.hasNext() && !later.isEmpty()) {
                now = later.remove().get();
            }
            return now.hasNext();
        }

        @Override
        public Part next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return now.next();
        }
    }

    /** A file for each record's receipt; erased records have none. */
    private static final class ReceiptParts implements Iterator<Part> {
        private final ExportStream lines;
        private Map.@Nullable Entry<Long, Receipt> next;

        private ReceiptParts(ExportStream lines) {
            this.lines = lines;
            this.next = find();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Part next() {
            Map.Entry<Long, Receipt> found = Objects.requireNonNull(next);
            next = find();
            byte[] text = found.getValue().format().getBytes(UTF_8);
            return Part.of("receipts/" + found.getKey() + ".tlog-proof", () -> text);
        }

        private Map.@Nullable Entry<Long, Receipt> find() {
            for (ExportLine line = lines.next(); line != null; line = lines.next()) {
                if (!line.isErased()) {
                    return Map.entry(line.seq(), line.receipt().orElseThrow());
                }
            }
            return null;
        }
    }
}
