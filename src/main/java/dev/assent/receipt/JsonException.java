// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

/**
 * Why a JSON document was refused.
 *
 * <p>The message says what was expected and never repeats what the document holds, so that it may
 * be logged and sent back.
 */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of refusal; over HTTP 400, 422 and 413 in this order. */
    public enum Kind {
        /** Not JSON at all: bad UTF-8, bad syntax, truncated, something after the end. */
        MALFORMED,
        /** JSON, but not the JSON that is allowed here. */
        NOT_ALLOWED,
        /** More bytes than are read. */
        TOO_LARGE
    }

    private final Kind kind;
    private final String pointer;
    private final String message;

    JsonException(Kind kind, String pointer, String message) {
        super(message);
        this.message = message;
        this.kind = kind;
        this.pointer = pointer;
    }

    static JsonException notAllowed(String pointer, String message) {
        return new JsonException(Kind.NOT_ALLOWED, pointer, message);
    }

    /** Never null, as one's may be whose kind is not known. */
    @Override
    public String getMessage() {
        return message;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Where, as a JSON pointer (RFC 6901): {@code ""} is the whole document. It leads no further
     * than the object whose key is bad, for a bad key is not repeated.
     */
    public String pointer() {
        return pointer;
    }
}
