// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a webhook may be told of.
 *
 * @param type a word of {@link EventType}, or {@code webhook.test}
 * @param data ids and numbers; never anything of a record but these
 * @param seq of the record that it is about; absent if it is about none that is still there
 */
record Happening(String type, Instant at, JsonObject data, @Nullable Long seq) {

    /** The message: {@code {"data":{…},"timestamp":"…","type":"…"}}. */
    byte[] body() {
        return CanonicalJson.write(
                JsonObject.builder()
                        .put("type", type)
                        .put("timestamp", Timestamps.format(at))
                        .put("data", data)
                        .build());
    }
}
