// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosts from which nothing is loaded before a purpose is allowed: {@code cdn.example} is that host
 * alone, {@code *.cdn.example} every host below it but not itself.
 */
final class Hosts {
    /** In the words of a fault. */
    static final String EXPECTED =
            "expected a host such as stats.example.com or *.example.com: lower case, without"
                    + " scheme, port and path";

    /** Characters in the longest rule. */
    static final int MAX_LENGTH = 254;

    private static final String BELOW = "*.";
    private static final int MAX_NAME_LENGTH = 253;

    /**
     * At least two labels, so that {@code *.com} is none; what is a public suffix beyond that, its
     * owner knows. The last begins with a letter, so that an address is none.
     */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");

    private Hosts() {}

    /** The rule as browsers write hosts, international names in their ASCII form; empty if none. */
    static Optional<String> normalise(String rule) {
        String below = rule.startsWith(BELOW) ? BELOW : "";
        String name = rule.substring(below.length());
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return ascii(name)
                .filter(host -> host.length() <= MAX_NAME_LENGTH && NAME.matcher(host).matches())
                .map(host -> below + host);
    }

    /**
     * Whether {@code rule} holds back what comes from {@code origin}, which may be a pattern of
     * subdomains: then whether all of them.
     */
    static boolean covers(String rule, String origin) {
        String host = Origins.host(origin);
        return rule.startsWith(BELOW)
                ? host.endsWith(rule.substring(BELOW.length() - 1))
                : host.equals(rule);
    }

    private static Optional<String> ascii(String name) {
        try {
            return Optional.of(IDN.toASCII(name, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
