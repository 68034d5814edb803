// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.site.RawClient.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * A site whose script a service has in memory.
 *
 * @param port of the service
 * @param siteKey of the site
 * @param script of its live version
 */
record ServedSite(int port, String siteKey, SiteScript script) {

    /** A new site, asked for once. */
    static ServedSite publish(int port, TestScripts sites) throws SQLException, IOException {
        String siteKey = sites.newSite();
        SiteScript script = sites.publish(siteKey, 1, TestScripts.LONG_AGO);
        ServedSite site = new ServedSite(port, siteKey, script);
        assertThat(site.get(site.live()).status()).as("now in memory").isEqualTo(200);
        return site;
    }

    /** The path that tags name. */
    String live() {
        return "/w/" + siteKey + ".js";
    }

    /** The path that tags with {@code integrity} name. */
    String byHash() {
        return "/w/" + siteKey + "/" + script.sha256() + ".js";
    }

    /** The tag of the bytes as they are. */
    String etag() {
        return "\"" + script.sha256().base64Url() + "\"";
    }

    Answer get(String path, String... headers) throws IOException {
        return ask("GET", path, headers);
    }

    /** One request on a connection of its own; empty headers are left out. */
    Answer ask(String method, String path, String... headers) throws IOException {
        String[] named = Stream.of(headers).filter(h -> !h.isEmpty()).toArray(String[]::new);
        return RawClient.ask(port, method, path, named);
    }
}
