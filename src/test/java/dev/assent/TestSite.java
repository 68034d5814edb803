// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.awaitility.Awaitility.await;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A site made and published through the operator's interface, as its owner would.
 *
 * @param http talks to the service
 * @param siteKey of the new site
 * @param version live, with purposes session (required), theme and analytics in English and French
 * @param sha256 of its artefact
 */
public record TestSite(Http http, String siteKey, int version, String sha256) {
    /** The origin that may send choices. */
    public static final String ORIGIN = "https://shop.example";

    /** For {@code assent.admin-key}. */
    public static final String ADMIN_KEY = "test-admin-key-of-at-least-32-characters";

    private static final String DRAFT =
            """
            {"controller":{"name":"Shop Ltd","address":"1 Main Street","contact":"privacy@shop.example"},
             "privacyPolicyUrl":"https://shop.example/privacy","defaultLanguage":"en","lifetime":"P6M",
             "ruleset":"opt-in","googleConsentMode":false,"reloadOnWithdrawal":true,
             "purposes":[
              {"id":"session","required":true,"dpv":"dpv:ServiceProvision","trackers":[
               {"name":"ot-session","type":"cookie","provider":"Shop Ltd","lifetime":"P1D","match":"exact"}]},
              {"id":"theme","dpv":"dpv:ServicePersonalisation","trackers":[]},
              {"id":"analytics","dpv":"dpv:ServiceUsageAnalytics","signals":["analytics_storage"],"trackers":[
               {"name":"_ga_*","type":"cookie","provider":"Example","lifetime":"P13M","match":"prefix"}]}],
             "texts":{"en":{},"fr":{}},
             "appearance":{"position":"bottom","accent":"#1f5f5b","radius":8,"reopen":"floating"}}
            """;

    /** Makes a site, publishes its first version and waits until that is live. */
    public static TestSite publish(Http http) {
        String siteKey =
                text(
                        admin(
                                http,
                                "POST",
                                "/sites",
                                "{\"name\":\"Shop\",\"origins\":[\"" + ORIGIN + "\"]}"),
                        "siteKey");
        admin(http, "PUT", "/sites/" + siteKey + "/draft", DRAFT);
        JsonObject published =
                admin(
                        http,
                        "POST",
                        "/sites/" + siteKey + "/policies",
                        "{\"material\":true,\"reason\":\"first\"}");
        int version = version(published);
        await().atMost(Duration.ofSeconds(10)).until(() -> isLive(http, siteKey, version));
        return new TestSite(http, siteKey, version, text(published, "sha256"));
    }

    /** Sends a choice as a browser on the site's own page would. */
    public HttpResponse<String> send(String choice) {
        return http.send("POST", path(), choice, "Origin", ORIGIN, "Content-Type", "text/plain");
    }

    public String path() {
        return "/v1/sites/" + siteKey + "/consents";
    }

    /** Calls {@code /v1/admin} with {@link #ADMIN_KEY}; anything but 2xx is a failure. */
    public static JsonObject admin(Http http, String method, String path, String body) {
        HttpResponse<String> answer =
                http.send(
                        method,
                        "/v1/admin" + path,
                        body,
                        "Authorization",
                        "Bearer " + ADMIN_KEY,
                        "Content-Type",
                        "application/json");
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(
                    method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return json(answer.body());
    }

    /** Reads an answer. */
    public static JsonObject json(String body) {
        try {
            return CanonicalJson.parseObject(body.getBytes(StandardCharsets.UTF_8), 1 << 20);
        } catch (JsonException e) {
            throw new AssertionError("not the JSON we write: " + body, e);
        }
    }

    private static boolean isLive(Http http, String siteKey, int version) {
        String path = "/sites/" + siteKey + "/policies/" + version;
        return text(admin(http, "GET", path, ""), "state").equals("live");
    }

    private static String text(JsonObject object, String key) {
        try {
            return object.text(key);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static int version(JsonObject published) {
        try {
            return (int) published.integer("version");
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
