// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Artefacts;
import dev.assent.web.PublicUrl;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records as linked data: ISO/IEC TS 27560 in terms of the Data Privacy Vocabulary. */
@Singleton
public final class DpvView {
    private final Artefacts artefacts;
    private final ObjectMapper json;
    private final PublicUrl url;

    DpvView(Artefacts artefacts, ObjectMapper json, PublicUrl url) {
        this.artefacts = artefacts;
        this.json = json;
        this.url = url;
    }

    /** The record as JSON-LD, UTF-8. */
    public byte[] of(ConsentRecord record) {
        try {
            return json.writeValueAsBytes(
                    DpvRecord.of(record, artefacts.read(record.policySha256()), url));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + record, e);
        }
    }
}
