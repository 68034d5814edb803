// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.note.NoteVerifier;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened to the log itself; an entry of type 0x04 holds its SHA-256 (formats §4). One tree
 * goes on under key after key: the event that closes the log under one key names the next, the one
 * that opens it names the tree before.
 */
final class LogEvent {
    private LogEvent() {}

    /**
     * The log begins, or goes on, under a key.
     *
     * @param previous the last checkpoint under the key before
     */
    static TransparencyLog.Statement opened(
            NoteVerifier key, Optional<Previous> previous, Instant at) {
        JsonObject.Builder event = event("log-opened", key, at);
        previous.ifPresent(before -> event.put("previous", before.json()));
        return statement(event.build());
    }

    /** The log ends under a key and is to go on under the next. */
    static TransparencyLog.Statement closed(NoteVerifier key, NoteVerifier next, Instant at) {
        return statement(event("log-closed", key, at).put("next", next.vkey()).build());
    }

    /**
     * Where the log stood under the key before.
     *
     * @param vkey of that key
     * @param checkpoint its last; absent if it signed none
     */
    record Previous(String vkey, Optional<SignedCheckpoint> checkpoint) {
        JsonObject json() {
            JsonObject.Builder json = JsonObject.builder().put("vkey", vkey);
            checkpoint.ifPresent(
                    last -> json.put("size", last.size()).put("root", last.root().base64()));
            return json.build();
        }
    }

    private static JsonObject.Builder event(String what, NoteVerifier key, Instant at) {
        return JsonObject.builder()
                .put("v", 1)
                .put("event", what)
                .put("origin", key.name())
                .put("vkey", key.vkey())
                .put("at", Timestamps.format(at));
    }

    private static TransparencyLog.Statement statement(JsonObject event) {
        byte[] document = CanonicalJson.write(event);
        byte[] entry = new Entry(Entry.Type.LOG_EVENT, Hash.of(document)).bytes();
        return new TransparencyLog.Statement(entry, document);
    }
}
