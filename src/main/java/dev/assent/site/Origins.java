// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Web origins in one spelling: {@code scheme://host[:port]}, lower case, international names in
 * their ASCII form, no default port. A site may also allow every subdomain: {@code
 * https://*.example.com} covers {@code https://www.example.com} and {@code https://a.b.example.com}
 * but not {@code https://example.com}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-6.1">RFC 6454 §6.1</a>
 */
final class Origins {
    private static final int MAX_LENGTH = 300;
    private static final String ANY_SUBDOMAIN = "*.";
    private static final Pattern SHAPE =
            Pattern.compile(
                    "(?<scheme>https?)://(?<host>\\[[0-9A-Fa-f:.]+]|[^/?#@:\\[\\]\\s]+)"
                            + "(?::(?<port>[0-9]{1,5}))?/?");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_][a-z0-9_-]{0,62})*");

    private Origins() {}

    /** One spelling of {@code text}; empty if it is no origin and no pattern of subdomains. */
    static Optional<String> normalise(String text) {
        var matcher = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group("scheme");
        return port(scheme, matcher.group("port"))
                .flatMap(port ->
                        normaliseHost(matcher.group("host")).map(h -> scheme + "://" + h + port));
    }

    /**
     * Whether one of {@code allowed}, in normal spelling, covers {@code origin} as a browser sent
     * it.
     */
    static boolean cover(List<String> allowed, String origin) {
        if (!origin.contains(ANY_SUBDOMAIN) && allowed.contains(origin)) {
            return true;
        }
        Optional<String> normal = normalise(origin).filter(o -> !o.contains(ANY_SUBDOMAIN));
        return normal.isPresent()
                && allowed.stream().anyMatch(pattern -> covers(pattern, normal.get()));
    }

    /**
     * A domain that a cookie may be set for: a host name in normal spelling, without leading dot.
     */
    static Optional<String> domain(String text) {
        return normaliseHost(text.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\.", ""))
                .filter(host -> !host.startsWith("[") && !host.startsWith(ANY_SUBDOMAIN))
                .filter(host -> host.contains("."));
    }

    /** The host of {@code origin}, which is in normal spelling and may be a pattern. */
    static String host(String origin) {
        return origin.replaceFirst("^https?://", "").replaceFirst(":[0-9]+$", "");
    }

    /** Whether the host of {@code origin}, in normal spelling, is {@code domain} or under it. */
    static boolean isUnder(String origin, String domain) {
        String host = host(origin);
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean covers(String pattern, String origin) {
        int star = pattern.indexOf(ANY_SUBDOMAIN);
        if (star < 0) {
            return pattern.equals(origin);
        }
        String suffix = pattern.substring(star + 1);
        return origin.startsWith(pattern.substring(0, star))
                && origin.endsWith(suffix)
                && origin.length() > star + suffix.length();
    }

    /** The port with its colon, or nothing for the scheme's own. */
    private static Optional<String> port(String scheme, @Nullable String digits) {
        if (digits == null) {
            return Optional.of("");
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        return Optional.of(port == (scheme.equals("https") ? 443 : 80) ? "" : ":" + port);
    }

    private static Optional<String> normaliseHost(String host) {
        if (host.startsWith("[")) {
            return address(host);
        }
        boolean subdomains = host.startsWith(ANY_SUBDOMAIN);
        String name = subdomains ? host.substring(ANY_SUBDOMAIN.length()) : host;
        // "*.com" would allow half the web; what is a public suffix beyond that, its owner knows.
        if (subdomains && !name.contains(".")) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return HOST.matcher(ascii).matches()
                    ? Optional.of(subdomains ? ANY_SUBDOMAIN + ascii : ascii)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> address(String host) {
        try {
            return Optional.ofNullable(new URI("http://" + host).getHost());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
