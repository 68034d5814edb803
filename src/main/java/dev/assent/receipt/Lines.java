// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A stream of lines, of which no more than one, and of that no more than a bound, is in memory. */
final class Lines {
    private final InputStream in;
    private final int maxBytes;
    private final byte[] chunk = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int from;
    private int to;
    private long number;

    /**
     * @param maxBytes of a line longer than that only the beginning is kept, one byte more at
     *     least, so that it is seen to be too long
     */
    Lines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The next line without its end; empty after the last. */
    Optional<byte[]> next() throws IOException {
        line.reset();
        if (isAtEnd()) {
            return Optional.empty();
        }
        number++;
        while (!isAtEnd()) {
            int end = from;
            while (end < to && chunk[end] != '\n') {
                end++;
            }
            keep(end - from);
            from = end;
            if (end < to) {
                from++;
                break;
            }
        }
        return Optional.of(line.toByteArray());
    }

    /** The number, from 1, of the line that {@link #next} gave last. */
    long number() {
        return number;
    }

    private void keep(int length) {
        if (line.size() <= maxBytes) {
            line.write(chunk, from, length);
        }
    }

    /** Reads the next chunk if this one is used up. */
    private boolean isAtEnd() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(chunk));
        }
        return to == 0;
    }
}
