// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A ZIP archive that is made while it is sent: in memory is no more than a piece of one file, and
 * the list of names that stands at its end. Not for several threads at once.
 */
final class Archive {
    private static final int CHUNK_BYTES = 1 << 15;

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2 * CHUNK_BYTES);
    private final ZipOutputStream zip = new ZipOutputStream(buffer);
    private final Iterator<Part> parts;
    private final long time;
    private @Nullable Part part;
    private boolean closed;

    /**
     * @param parts each asked for when the one before is written
     * @param at the time that all files bear
     */
    Archive(Iterator<Part> parts, Instant at) {
        this.parts = parts;
        this.time = at.toEpochMilli();
    }

    /** The next bytes, 32 KiB or some more; empty after the last. */
    byte[] read() {
        try {
            while (buffer.size() < CHUNK_BYTES && !closed) {
                step();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        byte[] chunk = buffer.toByteArray();
        buffer.reset();
        return chunk;
    }

    private void step() throws IOException {
        if (part == null) {
            begin();
            return;
        }
        byte[] piece = part.pieces().get();
        if (piece.length == 0) {
            zip.closeEntry();
            part = null;
        } else {
            zip.write(piece);
        }
    }

    private void begin() throws IOException {
        if (!parts.hasNext()) {
            zip.close();
            closed = true;
            return;
        }
        Part next = parts.next();
        ZipEntry entry = new ZipEntry(next.name());
        entry.setTime(time);
        zip.putNextEntry(entry);
        part = next;
    }
}
