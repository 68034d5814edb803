// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a script tag brings: the widget and one policy version with its texts, in one response, and
 * in the three forms in which it is sent. It is composed once, when the version is published, so
 * that serving it is handing out bytes.
 *
 * <p>The arrays are shared, not copied: whoever reads them must not write to them.
 *
 * @param sha256 of {@code identity}; the name of the content-addressed form
 * @param identity the script, UTF-8
 * @param gzip the same, compressed (RFC 1952, level 9)
 * @param brotli the same, compressed (RFC 7932, quality 11)
 */
@SuppressWarnings("ArrayRecordComponent") // two scripts are compared by their hash
public record SiteScript(Hash sha256, byte[] identity, byte[] gzip, byte[] brotli) {
    /** Chromium then compiles all functions beside the main thread, and not one by one on it. */
    private static final byte[] HINT = utf8("//# allFunctionsCalledOnLoad\n");

    private static final byte[] OPEN = utf8("(function(assentPolicy){");
    private static final byte[] BETWEEN = utf8("\n})(");
    private static final byte[] CLOSE = utf8(");\n");

    /**
     * Joins a widget and a policy: {@code //# allFunctionsCalledOnLoad\n} and {@code
     * (function(assentPolicy){WIDGET\n})(PAYLOAD);\n}. The line feed keeps a comment on the
     * widget's last line from swallowing the rest.
     *
     * @param payloadJson a JSON object, UTF-8. JSON is JavaScript with one exception, an object
     *     literal's {@code __proto__}; canonical JSON has no key that begins with an underscore
     */
    public static SiteScript compose(WidgetBuild widget, byte[] payloadJson) {
        return of(join(widget, payloadJson));
    }

    /** The JavaScript of {@link #compose}, not compressed. */
    static byte[] join(WidgetBuild widget, byte[] payloadJson) {
        return join(HINT, OPEN, widget.script(), BETWEEN, payloadJson, CLOSE);
    }

    /** Any JavaScript, UTF-8, compressed. */
    static SiteScript of(byte[] identity) {
        Encodings forms = Encodings.smallest(identity);
        return new SiteScript(Hash.of(identity), identity, forms.gzip(), forms.brotli());
    }

    /**
     * What was joined with {@code widget} to become {@code identity}, be it before there was a
     * hint.
     *
     * @throws IllegalStateException if it was joined with another one
     */
    static byte[] payload(byte[] identity, WidgetBuild widget) {
        byte[] hint = startsWith(identity, HINT) ? HINT : new byte[0];
        byte[] before = join(hint, OPEN, widget.script(), BETWEEN);
        int end = identity.length - CLOSE.length;
        if (end < before.length || !startsWith(identity, before)) {
            throw new IllegalStateException("a script does not hold widget " + widget.sha256());
        }
        return Arrays.copyOfRange(identity, before.length, end);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** Two scripts are the same if they are the same JavaScript, however compressed. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SiteScript script && sha256.equals(script.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return "script " + sha256;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
