// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import dev.assent.web.ContentCoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A text in the forms in which it is sent. The arrays are shared, not copied: whoever reads them
 * must not write to them.
 *
 * @param gzip compressed (RFC 1952, level 9)
 * @param brotli compressed (RFC 7932)
 */
@SuppressWarnings("ArrayRecordComponent") // handed out, compared never
record Encodings(byte[] identity, byte[] gzip, byte[] brotli) {
    /** For what is compressed once for ever: 64 KB take about a tenth of a second. */
    private static final int SMALLEST = 11;

    /** For what is compressed while somebody waits: a few hundredths larger, ten times faster. */
    private static final int SOON = 9;

    private static final int BROTLI_WINDOW_BITS = 22;

    /** As small as can be. */
    static Encodings smallest(byte[] identity) {
        return new Encodings(identity, gzip(identity), brotli(identity, SMALLEST));
    }

    /** Nearly as small, and soon. */
    static Encodings soon(byte[] identity) {
        return new Encodings(identity, gzip(identity), brotli(identity, SOON));
    }

    byte[] in(ContentCoding coding) {
        return switch (coding) {
            case BROTLI -> brotli;
            case GZIP -> gzip;
            case IDENTITY -> identity;
        };
    }

    /** Bytes of memory, about. */
    int size() {
        return identity.length + gzip.length + brotli.length;
    }

    private static byte[] gzip(byte[] identity) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(identity.length / 2);
        try (GZIPOutputStream stream =
                new GZIPOutputStream(compressed) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                }) {
            stream.write(identity);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress in memory", e);
        }
        return compressed.toByteArray();
    }

    private static byte[] brotli(byte[] identity, int quality) {
        Brotli4jLoader.ensureAvailability();
        try {
            return Encoder.compress(
                    identity,
                    Encoder.Parameters.create(quality, BROTLI_WINDOW_BITS, Encoder.Mode.TEXT));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress in memory", e);
        }
    }
}
