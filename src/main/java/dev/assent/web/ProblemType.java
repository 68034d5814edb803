// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every kind of problem that this service answers with. There is no other place where one could be
 * named, so {@code /problems} lists them all. A code is never changed: programs compare it.
 */
public enum ProblemType {
    MALFORMED(
            HttpStatus.BAD_REQUEST,
            "malformed",
            "Malformed request",
            "What was sent is not what it says it is: not JSON, not UTF-8, a path or query that"
                    + " cannot be read. Sending it again unchanged will not help."),
    NO_KEY(
            HttpStatus.UNAUTHORIZED,
            "no-key",
            "No valid key",
            "The operator’s half of the API takes a key, as Authorization: Bearer KEY. There was"
                    + " none, or it is unknown or revoked."),
    NO_SCOPE(
            HttpStatus.FORBIDDEN,
            "no-scope",
            "The key does not open this",
            "The key is valid, but not for this call. Make one with the scope that the call names."),
    ORIGIN_NOT_ALLOWED(
            HttpStatus.FORBIDDEN,
            "origin-not-allowed",
            "Origin not allowed",
            "A choice came from a page whose origin is not among the site’s origins. Add the origin"
                    + " to the site, or send the choice from a server with a key of scope records."),
    CROSS_SITE(
            HttpStatus.FORBIDDEN,
            "cross-site",
            "Sent from another site",
            "A form of the console was sent from a page of another site, or by a program that does"
                    + " not say from where. Only the console’s own pages may."),
    ROLE_TOO_LOW(
            HttpStatus.FORBIDDEN,
            "role-too-low",
            "Your role does not open this",
            "You are signed in, but your role in this organization does not allow this. Its owner can"
                    + " give you another one."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "not-found",
            "Not found",
            "There is nothing under this address. What never was, what belongs to somebody else and"
                    + " what has been erased are answered alike."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "Method not allowed",
            "The address exists, but not for this method; Allow names those that it takes."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "not-acceptable",
            "Not acceptable",
            "The address has no form of the kind that Accept asks for."),
    CONSENT_ID_REUSED(
            HttpStatus.CONFLICT,
            "consent-id-reused",
            "Consent id reused",
            "Another choice has been recorded under this id. Repeating a choice is harmless; giving"
                    + " its id to a different one is refused. Make a new UUIDv7."),
    CHANGED_MEANWHILE(
            HttpStatus.PRECONDITION_FAILED,
            "changed-meanwhile",
            "Changed meanwhile",
            "What is to be replaced is no longer the one that If-Match names: somebody else changed"
                    + " it first. Read it again, and decide anew."),
    TOO_LARGE(
            HttpStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            "Too large",
            "The body is longer than this call takes. A choice has at most 8 KiB."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "Unsupported media type",
            "The body is of a type that this call does not take. Send application/json; a choice may"
                    + " also come as text/plain."),
    INVALID(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "invalid",
            "Invalid",
            "The body is well-formed, but not acceptable. The type ends in what was sent, as in"
                    + " invalid-choice, and errors[] has every fault: pointer says where (RFC 6901),"
                    + " detail says what was expected there."),
    RATE_LIMITED(
            HttpStatus.TOO_MANY_REQUESTS,
            "rate-limited",
            "Too many requests",
            "Too many choices came from one network within a minute, or too many attempts to sign in"
                    + " failed. Retry-After says in how many seconds the next one is taken. The widget"
                    + " waits by itself."),
    INTERNAL(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal",
            "Internal error",
            "The fault is ours, and it is in the service’s log. A choice answered like this may be"
                    + " sent again: its id makes that harmless."),
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "unavailable",
            "Temporarily unavailable",
            "The service cannot reach its database, or is starting. Nothing was stored. Send it again"
                    + " after Retry-After seconds.");

    private static final String PATH = "/problems/";

    private final HttpStatus status;
    private final String code;
    private final String title;
    private final String meaning;

    ProblemType(HttpStatus status, String code, String title, String meaning) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.meaning = meaning;
    }

    public HttpStatus status() {
        return status;
    }

    /** The last part of {@link Problem#type}; for {@link #INVALID} the first word of it. */
    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** What it means and what helps, in plain sentences. */
    public String meaning() {
        return meaning;
    }

    /** The kind that {@code code} names; {@code invalid-choice} is of the kind {@code invalid}. */
    public static Optional<ProblemType> named(String code) {
        return Arrays.stream(values())
                .filter(type ->
                        type.code.equals(code)
                                || (type == INVALID && code.matches("invalid(-[a-z]+)+")))
                .findFirst();
    }

    /** An occurrence; {@code detail} says what was expected, and no personal datum. */
    public Problem problem(String detail) {
        return new Problem(PATH + code, title, status.getCode(), detail, null);
    }

    /** An {@link #INVALID} {@code what}, such as {@code policy draft}. */
    static Problem invalid(String what, String detail) {
        String type = PATH + INVALID.code + "-" + what.replace(' ', '-');
        return new Problem(
                type, INVALID.title + " " + what, INVALID.status.getCode(), detail, null);
    }
}
