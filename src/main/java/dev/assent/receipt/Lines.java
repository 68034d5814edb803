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
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    /**
     * @param in buffered
     * @param maxBytes of a line longer than that only one byte more is kept, so that it is seen to
     *     be too long
     */
    Lines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The next line without its end; empty after the last. */
    Optional<byte[]> next() throws IOException {
        line.reset();
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        number++;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() <= maxBytes) {
                line.write(b);
            }
        }
        return Optional.of(line.toByteArray());
    }

    /** The number, from 1, of the line that {@link #next} gave last. */
    long number() {
        return number;
    }
}
