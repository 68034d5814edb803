// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
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

    /**
     * Makes a site at {@code service}, publishes its first version and waits until that is live.
     */
    public static TestSite publish(URI service) {
        TestApi api = TestApi.of(service);
        String wish = "{\"name\":\"Shop\",\"origins\":[\"" + ORIGIN + "\"]}";
        String siteKey = expect(201, api.post("/v1/admin/sites", wish)).text("siteKey");
        String site = "/v1/admin/sites/" + siteKey;
        expect(200, api.send("PUT", site + "/draft", DRAFT));
        TestApi.Answer published =
                expect(
                        201,
                        api.post(site + "/policies", "{\"material\":true,\"reason\":\"first\"}"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.get(site + "/policies/1").text("state").equals("live"));
        return new TestSite(new Http(service), siteKey, 1, published.text("sha256"));
    }

    /** Sends a choice as a browser on the site's own page would. */
    public HttpResponse<String> send(String choice) {
        return http.send("POST", path(), choice, "Origin", ORIGIN, "Content-Type", "text/plain");
    }

    public String path() {
        return "/v1/sites/" + siteKey + "/consents";
    }

    private static TestApi.Answer expect(int status, TestApi.Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError(
                    answer.status() + " instead of " + status + ": " + answer.body());
        }
        return answer;
    }
}
