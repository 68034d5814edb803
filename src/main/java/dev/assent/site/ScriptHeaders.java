// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.ContentCoding;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The headers of an answer that carries a script, or says that the client holds it already. Both
 * ways of serving take them from here, so that there is no telling them apart.
 */
final class ScriptHeaders {
    /**
     * A tag's URL always means the live version: asked for again after five minutes, and served by
     * a cache for a week if we are down, since an old banner is better than none.
     */
    private static final String LIVE =
            "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800";

    /** A URL with a hash means those bytes for ever. */
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private static final AsciiString DATE = AsciiString.cached("date");

    private final AsciiString[] fixed;
    private volatile Dated dated;

    private record Dated(AsciiString date, HttpHeaders headers) {}

    private ScriptHeaders(List<String> namesAndValues) {
        this.fixed = namesAndValues.stream().map(AsciiString::cached).toArray(AsciiString[]::new);
        this.dated = new Dated(AsciiString.EMPTY_STRING, new ReadOnlyHttpHeaders(false, fixed));
    }

    /** Of a 200 with {@code length} bytes. */
    static ScriptHeaders ok(String etag, ContentCoding coding, int length, boolean byHash) {
        List<String> headers = new ArrayList<>();
        headers.addAll(List.of("content-type", "text/javascript; charset=utf-8"));
        headers.addAll(List.of("content-length", Integer.toString(length)));
        if (coding != ContentCoding.IDENTITY) {
            headers.addAll(List.of("content-encoding", coding.token()));
        }
        headers.addAll(common(etag, byHash));
        return new ScriptHeaders(headers);
    }

    /** Of a 304: the same but for what describes the body (RFC 9110 §15.4.5). */
    static ScriptHeaders notModified(String etag, boolean byHash) {
        return new ScriptHeaders(common(etag, byHash));
    }

    /**
     * The entity tag of one encoding. It differs from the others' as the bytes do, so a cache never
     * takes one for another.
     */
    static String etag(Hash sha256, ContentCoding coding) {
        String suffix = coding == ContentCoding.IDENTITY ? "" : "-" + coding.token();
        return "\"" + sha256.base64Url() + suffix + "\"";
    }

    private static List<String> common(String etag, boolean byHash) {
        return List.of(
                "etag", etag,
                "cache-control", byHash ? IMMUTABLE : LIVE,
                "vary", "accept-encoding",
                "access-control-allow-origin", "*",
                "cross-origin-resource-policy", "cross-origin",
                "timing-allow-origin", "*",
                "x-content-type-options", "nosniff");
    }

    /** Tells each name and value, but for {@code Date}. */
    void forEach(BiConsumer<CharSequence, CharSequence> header) {
        for (int i = 0; i < fixed.length; i += 2) {
            header.accept(fixed[i], fixed[i + 1]);
        }
    }

    /** All of them for Netty, shared by all answers of a second: not to be changed. */
    HttpHeaders at(AsciiString date) {
        Dated latest = dated;
        if (latest.date != date) {
            AsciiString[] all = Arrays.copyOf(fixed, fixed.length + 2);
            all[fixed.length] = DATE;
            all[fixed.length + 1] = date;
            latest = new Dated(date, new ReadOnlyHttpHeaders(false, all));
            dated = latest;
        }
        return latest.headers;
    }
}
