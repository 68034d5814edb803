// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.util.Base64;

/**
 * What proves to a stranger what an operator did (formats §7):
 *
 * <pre>
 * {"type":"assent/operator-event/v1","event":{…},"salt":"…","entry":{"document":{…},"proof":"…"},"vkey":"…"}
 * </pre>
 *
 * @param event with its salt
 * @param proof the text of a tlog-proof of the statement's entry
 * @param vkey the log's key; trusting it is trust on first use
 */
public record EventProof(OperatorEvent event, String proof, String vkey) {
    static final String TYPE = "assent/operator-event/v1";

    /**
     * Reads a file. Nothing in it is verified yet, nor need its statement be that of its event.
     *
     * @throws JsonException if it has another form
     */
    static Parsed parse(JsonObject json) throws JsonException {
        Members.requireOnly(json, "type", "event", "salt", "entry", "vkey");
        Members.requireType(json, TYPE);
        return new Parsed(
                json.object("event"),
                salt(json.text("salt")),
                LoggedDocument.parse(json.object("entry")),
                json.text("vkey"));
    }

    /** A file that was read. */
    @SuppressWarnings("ArrayRecordComponent")
    record Parsed(JsonObject event, byte[] salt, LoggedDocument entry, String vkey) {}

    /** Whether a file says that it is such a proof. */
    static boolean isOne(JsonObject json) {
        return json.find("type").filter(new JsonValue.Text(TYPE)::equals).isPresent();
    }

    /** The JSON document. */
    public JsonObject json() {
        try {
            return JsonObject.builder()
                    .put("type", TYPE)
                    .put("event", CanonicalJson.parseCanonicalObject(event.document()))
                    .put("salt", Base64.getEncoder().encodeToString(event.salt()))
                    .put("entry", new LoggedDocument(event.statement(), proof).json())
                    .put("vkey", vkey)
                    .build();
        } catch (JsonException e) {
            throw new IllegalStateException("an event that was logged is none", e);
        }
    }

    private static byte[] salt(String text) throws JsonException {
        try {
            byte[] salt = Base64.getDecoder().decode(text);
            if (salt.length == OperatorEvent.SALT_LENGTH
                    && Base64.getEncoder().encodeToString(salt).equals(text)) {
                return salt;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, together with what is no salt.
        }
        throw JsonException.notAllowed("/salt", "expected 32 bytes in base64");
    }
}
