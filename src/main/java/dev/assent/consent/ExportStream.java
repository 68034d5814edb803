// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.log.LogSnapshot;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** An export on its way. Not for several threads at once. */
final class ExportStream {
    /** The server asks for up to 32 of them ahead, so a client that is slow keeps 1 MiB waiting. */
    private static final int CHUNK_BYTES = 1 << 15;

    private final ConsentExport export;
    private final ConsentExport.Request request;
    private final ExportRange range;
    private ExportProofs proofs;
    private Iterator<byte[]> lines = Collections.emptyIterator();
    private long next;

    ExportStream(
            ConsentExport export,
            ConsentExport.Request request,
            ExportRange range,
            LogSnapshot snapshot) {
        this.export = export;
        this.request = request;
        this.range = range;
        this.proofs = export.proofs(request, snapshot);
        this.next = range.first();
    }

    /** The numbers that it brings. */
    ExportRange range() {
        return range;
    }

    /**
     * The next lines, whole ones, of 32 KiB together or some more; empty after the last.
     *
     * @throws RuntimeException if they cannot be had: what was sent is to be cut off
     */
    byte[] read() {
        var chunk = new ByteArrayOutputStream(CHUNK_BYTES + CHUNK_BYTES / 4);
        while (chunk.size() < CHUNK_BYTES && hasNext()) {
            chunk.writeBytes(lines.next());
        }
        return chunk.toByteArray();
    }

    private boolean hasNext() {
        if (!lines.hasNext() && next <= range.last()) {
            List<ExportRow> rows = export.page(request, next, range.last());
            if (!proofs.cover(rows)) {
                proofs = export.proofsCovering(request, rows);
            }
            lines = proofs.lines(rows);
            next += rows.size();
        }
        return lines.hasNext();
    }
}
