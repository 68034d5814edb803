// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a configured database is: {@code ASSENT_DATABASE_URL} as JDBC writes it ({@code
 * jdbc:postgresql://host/name}) or as everybody else does ({@code
 * postgres://user:password@host:5432/name}).
 */
record DatabaseAddress(String jdbcUrl, @Nullable String user, @Nullable String password) {

    /**
     * Reads an address; a user or password given beside it wins over one inside it.
     *
     * @throws IllegalArgumentException if it is neither form; the message does not repeat it, for
     *     it may hold a password
     */
    static DatabaseAddress of(String url, @Nullable String user, @Nullable String password) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseAddress(url, user, password);
        }
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw new IllegalArgumentException(
                    "ASSENT_DATABASE_URL must begin with jdbc:postgresql: or postgres://");
        }
        URI uri = parse(url);
        String[] owner =
                uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseAddress(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                user != null || owner.length < 1 ? user : decode(owner[0]),
                password != null || owner.length < 2 ? password : decode(owner[1]));
    }

    /** As properties of the service. */
    Map<String, Object> properties() {
        return Map.of(
                "assent.database.url", jdbcUrl,
                "assent.database.user", user == null ? "" : user,
                "assent.database.password", password == null ? "" : password);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return "DatabaseAddress";
    }

    private static URI parse(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the address.
        }
        throw new IllegalArgumentException(
                "ASSENT_DATABASE_URL must look like postgres://user:password@host:5432/name");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
