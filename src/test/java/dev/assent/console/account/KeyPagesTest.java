// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import dev.assent.console.TestConsole;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys: made once, shown once, revoked. */
class KeyPagesTest {
    private static final String SCRIPT = "<script>alert(1)</script> \u202eevil 𝕬";

    private static TestConsole console;
    private static TestOperator owner;
    private static TestOperator editor;

    @BeforeAll
    static void start() {
        console = TestConsole.start();
        owner = console.owner;
        editor = console.editor;
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void key_isShownOnceAndOpensUntilItIsRevoked() {
        HttpResponse<String> made =
                owner.post("/console/keys", "name", "Build " + SCRIPT, "scopes", "sites");
        Matcher key = Pattern.compile("assent_[A-Za-z0-9_-]{43}").matcher(made.body());
        assertThat(key.find()).as(made.body()).isTrue();
        TestApi program = TestApi.of(console.uri()).withKey(key.group());
        assertThat(program.get("/v1/admin/sites").status()).isEqualTo(200);
        assertThat(program.get("/v1/admin/keys").status()).isEqualTo(403);

        String list = owner.get("/console/keys").body();
        assertThat(list)
                .contains("Build &lt;script&gt;", "ASSENT_ADMIN_KEY")
                .doesNotContain(key.group(), "<script>alert");
        Matcher id = Pattern.compile("name=\"key\" value=\"(\\d+)\"").matcher(list);
        assertThat(id.find()).isTrue();
        HttpResponse<String> revoked = owner.post("/console/keys/revoke", "key", id.group(1));
        assertThat(location(revoked)).isEqualTo("/console/keys?done=key-revoked");
        assertThat(program.get("/v1/admin/sites").status()).isEqualTo(401);
        assertThat(owner.post("/console/keys/revoke", "key", id.group(1)).statusCode())
                .isEqualTo(404);
        assertThat(owner.get("/console/trail").body()).contains("key made", "key revoked");
    }

    @Test
    void formSentTwice_makesOneKeyAndShowsItToWhoClickedTwice() {
        String[] typed = onceOnly("Clicked twice");
        String first = location(owner.send("/console/keys", typed));
        String second = location(owner.send("/console/keys", typed));

        assertThat(second).isEqualTo(first);
        assertThat(owner.get(first).body()).contains("assent_", "Here is the new key.");
        assertThat(owner.get("/console/keys").body())
                .containsOnlyOnce("<bdi>Clicked twice</bdi>")
                .doesNotContain("assent_");
    }

    @Test
    void pageOfANewKey_loadedAnewSaysThatItWasShown() {
        String there = location(owner.send("/console/keys", onceOnly("Loaded anew")));
        String page = owner.get(there).body();
        Matcher key = Pattern.compile("assent_[A-Za-z0-9_-]{43}").matcher(page);
        assertThat(key.find()).as(page).isTrue();

        assertThat(owner.get(there).body())
                .contains("The key was made. It is shown only once")
                .doesNotContain(key.group(), "Here is the new key.")
                .containsOnlyOnce("<bdi>Loaded anew</bdi>");
        TestApi program = TestApi.of(console.uri()).withKey(key.group());
        assertThat(program.get("/v1/admin/sites").status()).isEqualTo(200);
    }

    @Test
    void newKey_isShownToTheSessionThatMadeItAlone() throws SQLException {
        String there = location(owner.send("/console/keys", onceOnly("Not yours")));
        assertThat(editor.get(there).body()).doesNotContain("assent_", "only once");
        assertThat(signedInAgain().get(there).body()).doesNotContain("assent_", "only once");
        assertThat(owner.get(there.replace("/console/keys", "/console/members")).body())
                .doesNotContain("assent_");
        assertThat(text("select string_agg(h::text, ' ') from handover h"))
                .doesNotContain("assent_");
        assertThat(owner.get(there).body()).contains("assent_");
    }

    @ParameterizedTest
    @CsvSource({
        "'', sites, key-name-wrong",
        "Build, '', key-scopes-wrong",
        "Build, all, key-scopes-wrong"
    })
    void faultyKey_isNotMade(String name, String scope, String wrong) {
        HttpResponse<String> again =
                scope.isEmpty()
                        ? owner.post("/console/keys", "name", name)
                        : owner.post("/console/keys", "name", name, "scopes", scope);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains(wrong).doesNotContain("assent_");
    }

    /** What a browser sends of the form for a key, each time the same. */
    private static String[] onceOnly(String name) {
        Matcher once =
                Pattern.compile("name=\"once\" value=\"([\\w-]{43})\"")
                        .matcher(owner.get("/console/keys").body());
        assertThat(once.find()).isTrue();
        return new String[] {
            "csrf", owner.formToken(), "once", once.group(1), "name", name, "scopes", "sites"
        };
    }

    private static TestOperator signedInAgain() {
        TestOperator again = TestOperator.at(console.uri());
        assertThat(again.signIn("olive@example.com", TestOperator.PASSWORD).statusCode())
                .isEqualTo(303);
        return again;
    }

    private static String text(String sql) throws SQLException {
        try (var connection = TestServers.connect(console.database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
