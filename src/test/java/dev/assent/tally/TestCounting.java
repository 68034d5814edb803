// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestApi;
import dev.assent.TestSite;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A site whose second version counts banners and samples undeclared trackers.
 *
 * @param site as its first version was published, which does neither
 */
public record TestCounting(TestSite site) {

    public static TestCounting publish(URI service) {
        TestSite site = TestSite.publish(service);
        TestApi api = TestApi.of(service);
        String path = "/v1/admin/sites/" + site.siteKey();
        String draft = api.get(path + "/draft").body();
        String counting = "{\"countShown\":true,\"sampleUndeclared\":1," + draft.substring(1);
        assertThat(api.send("PUT", path + "/draft", counting).status()).isEqualTo(200);
        TestApi.Answer published =
                api.post(path + "/policies", "{\"material\":false,\"reason\":\"count\"}");
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.get(path + "/policies/2").text("state").equals("live"));
        return new TestCounting(site);
    }

    /** Tells as a page of the site does. */
    public HttpResponse<String> tell(String what, String body) {
        return site.http()
                .send(
                        "POST",
                        "/v1/sites/" + site.siteKey() + "/" + what,
                        body,
                        "Origin",
                        TestSite.ORIGIN,
                        "Content-Type",
                        "text/plain");
    }

    public HttpResponse<String> shown(int version, String language, String layout) {
        return tell(
                "shown",
                "{\"version\":%d,\"language\":\"%s\",\"layout\":\"%s\"}"
                        .formatted(version, language, layout));
    }
}
