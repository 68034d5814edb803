// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.JsonForm;
import dev.assent.receipt.LeafEncoding;
import dev.assent.web.ProblemException;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Who a visitor is, as they show it themselves: whoever has the secret has made the choices.
 *
 * @param site a site's public key, perhaps of none
 * @param secret 32 bytes, base64url; goes no further than {@link #subject}
 * @param after seq of the last record seen; 0 to begin
 */
record VisitorRequest(String site, String secret, long after) {
    private static final String WHAT = "visitor request";
    private static final Pattern SITE = Pattern.compile("[A-Za-z0-9]{10}");
    private static final Pattern SEQ = Pattern.compile("[1-9][0-9]{0,17}");

    /**
     * Reads {@code {"site":…,"secret":…}}.
     *
     * @throws ProblemException 400 if {@code body} is not JSON, 413 if it is longer than a choice
     *     may be, 422 with every fault
     */
    static VisitorRequest ofErasure(byte[] body) {
        return read(body, form -> request(form, 0));
    }

    /** Reads the same, perhaps with {@code "after":"48213"}, the {@code next} of a page. */
    static VisitorRequest ofHistory(byte[] body) {
        return read(body, form -> request(form, after(form)));
    }

    /** The visitor's name within the site, 22 characters of base64url (formats §2). */
    String subject() {
        return LeafEncoding.subject(site, Base64.getUrlDecoder().decode(secret));
    }

    /** Says nothing of the visitor. */
    @Override
    public String toString() {
        return "VisitorRequest on " + site;
    }

    private static VisitorRequest read(byte[] body, Function<JsonForm, VisitorRequest> reader) {
        return JsonForm.read(body, WHAT, ChoiceReader.MAX_BYTES, reader);
    }

    private static VisitorRequest request(JsonForm form, long after) {
        return new VisitorRequest(
                required(form, "site", SITE, "a site key of 10 letters and digits"),
                required(form, "secret", ChoiceReader.SECRET, ChoiceReader.SECRET_FORM),
                after);
    }

    private static String required(JsonForm form, String key, Pattern pattern, String expected) {
        return form.required(key) ? form.matching(key, pattern, expected).orElse("") : "";
    }

    private static long after(JsonForm form) {
        return form.matching("after", SEQ, "the value of next in the page before")
                .filter(seq -> SEQ.matcher(seq).matches())
                .map(Long::parseLong)
                .orElse(0L);
    }
}
