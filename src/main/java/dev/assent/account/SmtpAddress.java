// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a mail server is: {@code smtp://user:password@host:587}, which must offer TLS (STARTTLS)
 * unless it is this very machine, or {@code smtps://…:465}, TLS from the first byte.
 *
 * @param from address that mail comes from
 */
record SmtpAddress(
        boolean tlsFirst,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        String from) {
    private static final String EXPECTED =
            "ASSENT_SMTP_URL must look like smtp://user:password@mail.example.com:587, or smtps://";
    private static final String TEN_SECONDS = "10000";

    /**
     * Reads an address.
     *
     * @param from sender; where it is null, {@code assent@} the host, or the user if that is an
     *     address
     * @throws IllegalArgumentException if it is none; the message does not repeat it, for it may
     *     hold a password
     */
    static SmtpAddress parse(String url, @Nullable String from) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED);
        }
        boolean tls = "smtps".equals(uri.getScheme());
        if (uri.getHost() == null || !tls && !"smtp".equals(uri.getScheme())) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String owner = uri.getRawUserInfo();
        String[] parts = owner == null ? new String[0] : owner.split(":", 2);
        String user = parts.length < 1 ? null : decode(parts[0]);
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 465 : 587;
        String sender =
                from != null && !from.isBlank()
                        ? from.strip()
                        : user != null && user.contains("@") ? user : "assent@" + uri.getHost();
        return new SmtpAddress(
                tls, uri.getHost(), port, user, parts.length < 2 ? null : decode(parts[1]), sender);
    }

    /** As the library for mail reads them. */
    Properties properties() {
        var properties = new Properties();
        boolean here = host.equals("localhost") || host.equals("127.0.0.1");
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.auth", Boolean.toString(user != null));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(tlsFirst));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", Boolean.toString(!tlsFirst && !here));
        properties.put("mail.smtp.connectiontimeout", TEN_SECONDS);
        properties.put("mail.smtp.timeout", TEN_SECONDS);
        properties.put("mail.smtp.writetimeout", TEN_SECONDS);
        return properties;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
