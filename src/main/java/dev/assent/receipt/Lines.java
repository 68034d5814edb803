// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/** A stream of lines, of which no more than one, and of that no more than a bound, is in memory. */
final class Lines {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = LOW_BITS << 7;
    private static final long LINE_ENDS = LOW_BITS * '\n';

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
            int end = lineEnd();
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

    /** Where in the chunk the line ends; {@code to} if it goes on. Eight bytes at a time. */
    private int lineEnd() {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            // Zero in each byte that is a line end; borrowing one from the highest bit shows it.
            long bytes = (long) LONGS.get(chunk, at) ^ LINE_ENDS;
            long zeros = (bytes - LOW_BITS) & ~bytes & HIGH_BITS;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        while (at < to && chunk[at] != '\n') {
            at++;
        }
        return at;
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
