// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import org.jspecify.annotations.Nullable;

/**
 * The forms in which text is sent, best first (RFC 9110 §8.4.1).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110 §12.5.3</a>
 */
public enum ContentCoding {
    BROTLI("br"),
    GZIP("gzip"),
    IDENTITY("identity");

    private static final int THOUSAND = 1000;
    private static final int UNNAMED = -1;

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    /** The name in headers, lower case. */
    public String token() {
        return token;
    }

    /**
     * The best coding that a client takes: the greatest weight wins, then the smaller form.
     *
     * @param acceptEncoding the header's value. Absent means that anything may be sent; then {@link
     *     #IDENTITY} is, since who names nothing most often decodes nothing. So it is where the
     *     client refuses every coding, that one included: a script that arrives beats a 406
     */
    public static ContentCoding choose(@Nullable CharSequence acceptEncoding) {
        if (acceptEncoding == null) {
            return IDENTITY;
        }
        int brotli = UNNAMED;
        int gzip = UNNAMED;
        int identity = UNNAMED;
        int any = UNNAMED;
        for (String item : acceptEncoding.toString().split(",")) {
            int semicolon = item.indexOf(';');
            String name = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
            int weight = semicolon < 0 ? THOUSAND : weight(item.substring(semicolon + 1));
            if (name.equalsIgnoreCase("br")) {
                brotli = weight;
            } else if (name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip")) {
                gzip = weight;
            } else if (name.equalsIgnoreCase("identity")) {
                identity = weight;
            } else if (name.equals("*")) {
                any = weight;
            }
        }
        return best(orElse(brotli, any), orElse(gzip, any), identity);
    }

    private static ContentCoding best(int brotli, int gzip, int identity) {
        if (brotli > 0 && brotli >= gzip && brotli >= identity) {
            return BROTLI;
        }
        return gzip > 0 && gzip >= identity ? GZIP : IDENTITY;
    }

    private static int orElse(int named, int any) {
        return named == UNNAMED ? any : named;
    }

    /** {@code q=0.5} in thousandths; 0 for what is no weight, so that it is not preferred. */
    private static int weight(String parameter) {
        String text = parameter.strip();
        if (!text.regionMatches(true, 0, "q=", 0, 2)) {
            return 0;
        }
        String number = text.substring(2);
        if (!number.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
            return 0;
        }
        return (int) Math.round(Double.parseDouble(number) * THOUSAND);
    }
}
