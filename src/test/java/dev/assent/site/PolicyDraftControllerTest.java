// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestApi.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drafts, and what keeps one from being published. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyDraftControllerTest implements TestPropertyProvider {
    private static final String DRAFT =
            "{\"controller\":{\"name\":\"Shop Ltd\"},\"defaultLanguage\":\"en\","
                    + "\"purposes\":[{\"id\":\"session\",\"required\":true}]}";
    private static final String NOW = "{\"material\":true,\"reason\":\"First\"}";

    @Inject EmbeddedServer server;

    private TestApi api;
    private String site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeEach
    void makeSite() {
        api = TestApi.of(server.getURI());
        String wish = "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}";
        site = "/v1/admin/sites/" + api.post("/v1/admin/sites", wish).text("siteKey");
    }

    @Test
    void draft_isKeptAsItWasSent() {
        assertThat(api.get(site + "/draft").status()).isEqualTo(404);

        Answer kept = put(" " + DRAFT + "\n");
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.json().keys()).containsExactly("obstacles", "updatedAt");
        Answer read = api.get(site + "/draft");
        assertThat(read.body()).isEqualTo(DRAFT);
        assertThat(read.header("ETag")).isEqualTo(kept.header("ETag")).startsWith("\"");
        assertThat(read.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void draft_isNotOverwrittenUnseen() {
        String first = put(DRAFT).header("ETag");
        String changed = DRAFT.replace("\"en\"", "\"de\"");
        assertThat(put(changed, "If-Match", first).status()).isEqualTo(200);

        Answer late = put(DRAFT, "If-Match", first);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.text("type")).isEqualTo("/problems/changed-meanwhile");
        assertThat(api.get(site + "/draft").body()).isEqualTo(changed);
        assertThat(put(DRAFT, "If-Match", "*").status()).isEqualTo(200);
        assertThat(put(DRAFT).status()).isEqualTo(200);
    }

    @Test
    void faultyDraft_leavesTheOneBefore() {
        put(DRAFT);
        Answer refused = put("{\"purposes\":[{}],\"lifetime\":\"never\",\"more\":1}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers())
                .containsExactlyInAnyOrder(
                        "/defaultLanguage", "/purposes/0/id", "/lifetime", "/more");
        assertThat(api.get(site + "/draft").body()).isEqualTo(DRAFT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | 400",
                "{\"defaultLanguage\":\"en\" | 400",
                "[] | 422",
                "{\"defaultLanguage\":\"en\",\"defaultLanguage\":\"de\",\"purposes\":[]} | 422",
                "{\"defaultLanguage\":\"\\ud800\",\"purposes\":[]} | 422",
                "{\"defaultLanguage\":null,\"purposes\":[]} | 422",
                "{\"defaultLanguage\":1.5,\"purposes\":[]} | 422"
            })
    void unreadableDraft_isRefused(String body, int status) {
        assertThat(put(body).status()).isEqualTo(status);
    }

    @Test
    void tooLargeDraft_isRefused() {
        assertThat(put("{\"more\":\"" + "x".repeat(10 << 20) + "\"}").status()).isEqualTo(413);
    }

    @Test
    void unfitDraft_isSavedButNotPublished() {
        Answer kept = put(DRAFT.replace("\"def", "\"appearance\":{\"accent\":\"#ffffff\"},\"def"));
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.body()).contains("/appearance/accent", "4.5 : 1");

        Answer refused = publish(NOW);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly("/appearance/accent");
        assertThat(api.get(site + "/policies").body()).isEqualTo("[]");
    }

    @Test
    void publishing_withoutDraft_isRefused() {
        Answer refused = publish(NOW);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\":\"x\"} | /material",
                "{\"material\":true} | /reason",
                "{\"material\":\"yes\",\"reason\":\"x\"} | /material",
                "{\"material\":true,\"reason\":\" \"} | /reason",
                "{\"material\":true,\"reason\":\"x\",\"effectiveAt\":\"soon\"} | /effectiveAt",
                "{\"material\":true,\"reason\":\"x\",\"effectiveAt\":\"2001-01-01T00:00:00Z\"} | /effectiveAt",
                "{\"material\":true,\"reason\":\"x\",\"effectiveAt\":\"2999-01-01T00:00:00Z\"} | /effectiveAt",
                "{\"material\":true,\"reason\":\"x\",\"force\":true} | /force"
            })
    void faultyPublication_isPointedAt(String body, String pointer) {
        put(DRAFT);
        Answer refused = publish(body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly(pointer);
    }

    private Answer put(String draft, String... headers) {
        return api.send("PUT", site + "/draft", draft, headers);
    }

    private Answer publish(String wish) {
        return api.post(site + "/policies", wish);
    }
}
