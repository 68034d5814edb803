// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.console.TestConsole;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What of a site may be changed by several at once, and what is left of one that is removed. */
class SettingsPagesTest {
    private static TestConsole console;
    private static TestOperator owner;
    private static TestOperator editor;
    private static TestOperator auditor;

    @BeforeAll
    static void start() {
        console = TestConsole.start();
        owner = console.owner;
        editor = console.editor;
        auditor = console.auditor;
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void secondOfTwoEditors_isToldAndLosesNothing() {
        String site = console.site();
        String seen = seen(owner.get(site + "/settings"));
        save(owner, site, seen, "Theirs");
        HttpResponse<String> told = save(editor, site, seen, "Mine");
        assertThat(told.statusCode()).isEqualTo(412);
        assertThat(told.body())
                .contains("Olive Owner &lt;olive@example.com&gt; has changed this site since")
                .contains("Theirs", "value=\"Mine\"");
        assertThat(location(save(editor, site, seen(told), "Mine"))).endsWith("saved");
    }

    @Test
    void whoHasTheSameSiteInTwoTabs_isToldSo() {
        String site = console.site();
        String seen = seen(owner.get(site + "/settings"));
        save(owner, site, seen, "One tab");
        assertThat(save(owner, site, seen, "Other tab").body())
                .contains("You have changed this site in another tab or window since", "One tab")
                .contains("value=\"Other tab\"");
    }

    @Test
    void changeByAProgram_isNotPutDownToAnybody() {
        String site = console.site();
        Map<String, String> opened = TestConsole.fields(owner.get(site + "/settings"));
        opened.remove("confirm");
        String api = site.replace("/console", "/v1/admin");
        assertThat(console.api.send("PATCH", api, "{\"name\":\"Theirs\"}").status()).isEqualTo(200);
        HttpResponse<String> told =
                TestConsole.send(owner, site + "/settings", opened, Map.of("name", "Mine"));
        assertThat(told.body())
                .contains("A program has changed this site since you opened this page.")
                .contains("Theirs", "value=\"Mine\"");
    }

    @Test
    void versionsOfARemovedSite_stayToBeRead() {
        TestSite shop = TestSite.publish(console.uri());
        String site = "/console/sites/" + shop.siteKey();
        String name = console.api.get("/v1/admin/sites/" + shop.siteKey()).text("name");
        assertThat(location(owner.post(site + "/remove", "confirm", name)))
                .isEqualTo("/console/sites?done=site-removed");
        for (TestOperator reader : List.of(owner, auditor)) {
            String list = reader.get(site + "/versions").body();
            assertThat(list)
                    .contains("Version 1", "last live", "This site is removed")
                    .contains("href=\"" + site + "/versions\" aria-current=\"page\"")
                    .doesNotContain("Publish…");
            assertThat(reader.get(site + "/versions/1").body())
                    .contains("It is the first version of this site.", "SHA-256");
            assertThat(reader.get(site + "/versions/1/diff/1").statusCode()).isEqualTo(200);
        }
        for (String path : List.of("/policy", "/policy/publish", "/settings", "")) {
            assertThat(owner.get(site + path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private static HttpResponse<String> save(
            TestOperator who, String site, String seen, String name) {
        return who.post(
                site + "/settings",
                "seen",
                seen,
                "name",
                name,
                "origins",
                "https://ours.example",
                "cookieDomain",
                "",
                "retention",
                "P2Y");
    }

    private static String seen(HttpResponse<String> page) {
        Matcher seen = Pattern.compile("name=\"seen\" value=\"([0-9a-f]+)\"").matcher(page.body());
        assertThat(seen.find()).as(page.body()).isTrue();
        return seen.group(1);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
