// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.log.LogSnapshot;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An export on its way. Not for several threads at once. */
public final class ExportStream {
    /** The server asks for up to 32 of them ahead, so a client that is slow keeps 1 MiB waiting. */
    private static final int CHUNK_BYTES = 1 << 15;

    private final ConsentExport export;
    private final ConsentExport.Request request;
    private final ExportRange range;
    private final LogSnapshot snapshot;
    private final Iterator<List<ExportRow>> pages;
    private ExportProofs proofs;
    private Iterator<ExportLine> lines = Collections.emptyIterator();

    ExportStream(
            ConsentExport export,
            ConsentExport.Request request,
            ExportRange range,
            LogSnapshot snapshot,
            Iterator<List<ExportRow>> pages) {
        this.export = export;
        this.request = request;
        this.range = range;
        this.snapshot = snapshot;
        this.pages = pages;
        this.proofs = export.proofs(request, snapshot);
    }

    /** The numbers that it brings, or that they are drawn from. */
    public ExportRange range() {
        return range;
    }

    /** The log under the checkpoint that the export lies under from its beginning. */
    public LogSnapshot log() {
        return snapshot;
    }

    /**
     * The next line; absent after the last.
     *
     * @throws RuntimeException if it cannot be had: what was sent is to be cut off
     */
    public @Nullable ExportLine next() {
        while (!lines.hasNext() && pages.hasNext()) {
            List<ExportRow> rows = pages.next();
            if (!proofs.cover(rows)) {
                proofs = export.proofsCovering(request, rows);
            }
            lines = proofs.lines(rows);
        }
        return lines.hasNext() ? lines.next() : null;
    }

    /**
     * The next lines, whole ones, of 32 KiB together or some more; empty after the last.
     *
     * @throws RuntimeException as {@link #next}
     */
    public byte[] read() {
        var chunk = new ByteArrayOutputStream(CHUNK_BYTES + CHUNK_BYTES / 4);
        ExportLine line = next();
        while (line != null) {
            chunk.writeBytes(line.bytes());
            line = chunk.size() < CHUNK_BYTES ? next() : null;
        }
        return chunk.toByteArray();
    }
}
