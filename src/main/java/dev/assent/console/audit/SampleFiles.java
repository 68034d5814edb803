// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.audit.Drawn;
import dev.assent.consent.ExportStream;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.Sample;
import dev.assent.web.Timestamps;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A sample as files for programs. Nothing in them was typed by a visitor. */
final class SampleFiles {
    private static final String HEAD = "number,state,what,at,version,index,proven_by,record\r\n";

    private SampleFiles() {}

    /** A table (RFC 4180). */
    static byte[] csv(List<Drawn> drawn) {
        return drawn.stream()
                .map(SampleFiles::row)
                .collect(Collectors.joining("", HEAD, ""))
                .getBytes(UTF_8);
    }

    /** How it was drawn, and what stands there. */
    static byte[] json(Sample sample, List<Drawn> drawn) {
        List<JsonValue> records = drawn.stream().<JsonValue>map(SampleFiles::record).toList();
        return CanonicalJson.write(
                JsonObject.builder()
                        .put("sample", sample.json())
                        .put("records", new Array(records))
                        .build());
    }

    /**
     * The file that {@code verify} takes (docs/formats/sample.md), piece by piece, an empty one
     * after the last.
     *
     * @param lines those of the sample
     */
    static Supplier<byte[]> ndjson(Sample sample, ExportStream lines) {
        byte[] head = (CanonicalJson.writeText(sample.json()) + "\n").getBytes(UTF_8);
        return new Supplier<>() {
            private boolean begun;

            @Override
            public byte[] get() {
                if (begun) {
                    return lines.read();
                }
                begun = true;
                return head;
            }
        };
    }

    private static String row(Drawn drawn) {
        return String.join(
                        ",",
                        Long.toString(drawn.seq()),
                        drawn.isErased() ? "erased" : "recorded",
                        drawn.what(),
                        Timestamps.format(drawn.at()),
                        drawn.isErased() ? "" : Long.toString(drawn.version()),
                        Long.toString(drawn.index()),
                        Long.toString(drawn.proven()),
                        drawn.id())
                + "\r\n";
    }

    private static JsonObject record(Drawn drawn) {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("seq", drawn.seq())
                        .put("index", drawn.index())
                        .put("erased", drawn.isErased());
        if (drawn.isErased()) {
            return json.put("reason", drawn.what())
                    .put("erasedAt", Timestamps.format(drawn.at()))
                    .put("statement", drawn.proven())
                    .build();
        }
        return json.put("id", drawn.id())
                .put("action", drawn.what())
                .put("recordedAt", Timestamps.format(drawn.at()))
                .put("version", drawn.version())
                .put("receipt", "/v1/consents/" + drawn.id() + "/receipt")
                .build();
    }
}
