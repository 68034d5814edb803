// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a server that is not trusted, read no further than to a bound (RFC 9112).
 *
 * @param status 200 to 999
 * @param headers by lower-case name; of one that is repeated the first
 * @param body without the encodings of transfer and content, cut off at the bound
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");

    @Nullable String header(String name) {
        return headers.get(name);
    }

    /**
     * Reads an answer to {@code GET} or {@code POST}.
     *
     * @throws IOException if the server breaks off or speaks something else
     */
    static HttpAnswer read(InputStream stream, int maxBytes) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        int status = 0;
        Map<String, String> headers = Map.of();
        // Interim answers (1xx) go before the one that counts.
        for (int i = 0; i < 10 && status < 200; i++) {
            status = status(line(in));
            headers = headers(in);
        }
        boolean bodiless = status == 204 || status == 304;
        byte[] body = bodiless ? new byte[0] : body(in, headers, maxBytes);
        return new HttpAnswer(status, headers, decoded(body, headers, maxBytes));
    }

    private static int status(String line) throws IOException {
        Matcher matcher = STATUS.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("no HTTP");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < MAX_HEADERS; i++) {
            String line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        throw new IOException("too many headers");
    }

    private static byte[] body(InputStream in, Map<String, String> headers, int maxBytes)
            throws IOException {
        if (is(headers, "transfer-encoding", "chunked")) {
            return chunks(in, maxBytes);
        }
        String length = Objects.requireNonNullElse(headers.get("content-length"), "");
        boolean known = length.matches("[0-9]{1,9}");
        return in.readNBytes(known ? Math.min(Integer.parseInt(length), maxBytes) : maxBytes);
    }

    private static byte[] chunks(InputStream in, int maxBytes) throws IOException {
        var body = new ByteArrayOutputStream();
        while (body.size() < maxBytes) {
            String size = line(in).split(";", 2)[0].strip();
            if (!size.matches("[0-9A-Fa-f]{1,7}")) {
                throw new IOException("no chunk");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                break;
            }
            body.write(in.readNBytes(Math.min(length, maxBytes - body.size())));
            line(in);
        }
        return body.toByteArray();
    }

    /** We ask for no encoding, but some servers send one all the same. */
    private static byte[] decoded(byte[] body, Map<String, String> headers, int maxBytes) {
        if (!is(headers, "content-encoding", "gzip")) {
            return body;
        }
        var decoded = new ByteArrayOutputStream();
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] part = new byte[8192];
            for (int n = in.read(part); n >= 0 && decoded.size() < maxBytes; n = in.read(part)) {
                decoded.write(part, 0, n);
            }
        } catch (IOException e) {
            // Cut off at the bound: what came before it counts.
            return decoded.toByteArray();
        }
        return decoded.toByteArray();
    }

    private static boolean is(Map<String, String> headers, String name, String value) {
        return Objects.requireNonNullElse(headers.get(name), "").strip().equalsIgnoreCase(value);
    }

    /** A line without its end; at the end of the stream what there is. */
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() == MAX_LINE) {
                throw new IOException("too long a line");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
