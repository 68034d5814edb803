// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The draft that an editor began with, carried along by the form: so whoever saves second can be
 * told what the first has changed, though only the newest draft is stored. It is for telling alone;
 * nothing is saved of it.
 */
final class DraftBase {
    private static final int MAX_BYTES = 1024 * 1024;

    private DraftBase() {}

    /** Compressed (RFC 1950), base64url. */
    static String encode(byte[] document) {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(document);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Empty if it is none, or longer than any draft. */
    static Optional<JsonObject> decode(String text) {
        try (var inflater =
                new InflaterInputStream(
                        new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            byte[] document = inflater.readNBytes(MAX_BYTES);
            return Optional.of(CanonicalJson.parseObject(document, MAX_BYTES));
        } catch (IOException | IllegalArgumentException | JsonException e) {
            return Optional.empty();
        }
    }
}
