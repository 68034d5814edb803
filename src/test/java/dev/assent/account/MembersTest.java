// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.assent.TestDatabase;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members, their roles and invitations, links for forgotten passwords, and the trail of it all. */
class MembersTest {
    private static EmbeddedServer server;
    private static GreenMail mail;
    private static TestDatabase database;
    private static TestOperator owner;

    @BeforeAll
    static void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        database = new TestDatabase(TestServers.newDatabase());
        var properties = new HashMap<String, Object>(TestServers.properties(database.url()));
        properties.put("assent.smtp-url", "smtp://127.0.0.1:" + mail.getSmtp().getPort());
        properties.put("assent.mail-from", "assent@example.com");
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
    }

    @AfterAll
    static void stop() {
        server.close();
        mail.stop();
    }

    @BeforeEach
    void forget() {
        server.getApplicationContext().getBean(Delays.class).forgetNetworks();
    }

    @Test
    void invitation_isMailedAndWorksOnce() throws Exception {
        String link = TestOperator.link(invite("new@example.com", "editor"));
        assertThat(mailTo("new@example.com")).contains(link, "Test Ltd");
        String token = TestOperator.token(link);
        HttpResponse<String> opened = newcomer().send("/invitation", "token", token);
        assertThat(opened.body()).contains("Test Ltd", "editor", "new@example.com");
        assertThat(accept(token, "short").statusCode()).isEqualTo(422);
        assertThat(accept(token, TestOperator.PASSWORD).statusCode()).isEqualTo(200);
        assertThat(accept(token, TestOperator.PASSWORD).statusCode()).isEqualTo(422);
        assertThat(newcomer().signIn("new@example.com", TestOperator.PASSWORD).statusCode())
                .isEqualTo(303);
        assertThat(invite("new@example.com", "editor").statusCode()).isEqualTo(422);
    }

    @Test
    void withdrawnInvitation_isWorthNothing() {
        String first = TestOperator.token(TestOperator.link(invite("late@example.com", "auditor")));
        String second =
                TestOperator.token(TestOperator.link(invite("late@example.com", "auditor")));
        assertThat(newcomer().send("/invitation", "token", first).statusCode()).isEqualTo(422);
        assertThat(newcomer().send("/invitation", "token", second).statusCode()).isEqualTo(200);
        String id = find("name=\"invitation\" value=\"(\\d+)\"", owner.get("/console/members"));
        assertThat(told(owner.post("/console/members/withdraw", "invitation", id)))
                .contains("The invitation is withdrawn.");
        assertThat(newcomer().send("/invitation", "token", second).statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({"auditor, 403", "editor, 403"})
    void whoIsNoOwner_mayLookAndNotChange(String role, int status) {
        TestOperator member = owner.colleague(role + "-looks@example.com", role);
        assertThat(member.get("/console/members").statusCode()).isEqualTo(200);
        assertThat(member.get("/console/members").body()).doesNotContain("members/invite");
        for (String path : List.of("invite", "withdraw", "role", "remove", "reset-link")) {
            HttpResponse<String> refused =
                    member.post("/console/members/" + path, "member", "1", "role", "owner");
            assertThat(refused.statusCode()).as(path).isEqualTo(status);
        }
    }

    @Test
    void changedRole_holdsAtOnceAndRemovedMemberIsOut() throws SQLException {
        TestOperator member = owner.colleague("moves@example.com", "editor");
        assertThat(member.get("/console/members").body()).contains("editor of");
        String id = id("moves@example.com");
        assertThat(told(owner.post("/console/members/role", "member", id, "role", "auditor")))
                .contains("The role is changed.");
        assertThat(member.get("/console/members").body()).contains("auditor of");
        owner.post("/console/members/role", "member", id, "role", "nonsense");
        assertThat(told(owner.post("/console/members/remove", "member", id)))
                .contains("The member is removed");
        assertThat(member.isIn()).isFalse();
        assertThat(newcomer().signIn("moves@example.com", TestOperator.PASSWORD).statusCode())
                .isEqualTo(422);
        assertThat(owner.get("/console/trail").body())
                .contains(
                        "role changed", "from editor to auditor", "member removed", "Olive Owner");
    }

    @Test
    void lastOwner_stays() throws SQLException {
        String id = id("olive@example.com");
        assertThat(owner.post("/console/members/remove", "member", id).statusCode()).isEqualTo(422);
        assertThat(owner.post("/console/members/role", "member", id, "role", "editor").statusCode())
                .isEqualTo(422);
        assertThat(owner.get("/console/members").body()).contains("owner of");
    }

    @Test
    void anotherOrganization_isOutOfReach() throws SQLException {
        TestOperator foreign = TestOwner.ofStrangers(server.getURI(), database);
        String ours = id("olive@example.com");
        for (String path : List.of("role", "remove", "reset-link")) {
            assertThat(
                            foreign.post(
                                            "/console/members/" + path,
                                            "member",
                                            ours,
                                            "role",
                                            "editor")
                                    .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        invite("theirs@example.com", "editor");
        String invitation =
                find("name=\"invitation\" value=\"(\\d+)\"", owner.get("/console/members"));
        assertThat(foreign.post("/console/members/withdraw", "invitation", invitation).statusCode())
                .isEqualTo(404);
        String session = find("name=\"session\" value=\"(\\d+)\"", owner.get("/console/account"));
        assertThat(foreign.post("/console/account/sessions/end", "session", session).statusCode())
                .isEqualTo(404);
        assertThat(foreign.post("/console/account/organization", "organization", "1").statusCode())
                .isEqualTo(404);
        assertThat(foreign.get("/console/trail").body()).doesNotContain("Olive");
        assertThat(foreign.get("/console/members").body()).doesNotContain("olive@", "theirs@");
        assertThat(owner.isIn()).isTrue();
    }

    @Test
    void whoBelongsToTwo_goesFromOneToTheOther() throws SQLException {
        TestOwner.ofStrangers(server.getURI(), database);
        TestOperator both = owner.colleague("both@example.com", "auditor");
        String add =
                "insert into membership select g.id, o.id, 'owner', now() from organization g,"
                        + " operator o where g.name = 'Strangers' and o.email = 'both@example.com'";
        database.execute(add);
        String there =
                find(
                        "Strangers</bdi>(?s:.*?)name=\"organization\" value=\"(\\d+)\"",
                        both.get("/console/account"));
        String before = both.cookie();
        both.post("/console/account/organization", "organization", there);
        assertThat(both.get("/console/members").body()).contains("owner of", "Strangers");
        assertThat(both.withCookie(before).isIn()).isFalse();
    }

    @Test
    void withoutSayingWhich_theServiceSeesNoOrganizationsRows() throws SQLException {
        DataSource database =
                DelegatingDataSource.unwrapDataSource(
                        server.getApplicationContext().getBean(DataSource.class));
        for (String table : List.of("membership", "invitation", "operator_event")) {
            try (var connection = database.getConnection();
                    var rows =
                            connection.prepareStatement("select 1 from " + table).executeQuery()) {
                assertThat(rows.next()).as(table).isFalse();
            }
        }
    }

    @Test
    void forgottenPassword_isResetByALinkOfAnOwner() throws SQLException {
        TestOperator member = owner.colleague("forgets@example.com", "editor");
        String id = id("forgets@example.com");
        String link = TestOperator.link(owner.post("/console/members/reset-link", "member", id));
        assertThat(reset(TestOperator.token(link), "short").statusCode()).isEqualTo(422);
        assertThat(reset(TestOperator.token(link), "a new good passphrase").statusCode())
                .isEqualTo(200);
        assertThat(reset(TestOperator.token(link), "a new good passphrase").statusCode())
                .isEqualTo(422);
        assertThat(member.isIn()).isFalse();
        assertThat(newcomer().signIn("forgets@example.com", "a new good passphrase").statusCode())
                .isEqualTo(303);
    }

    @Test
    void forgottenPassword_isAnsweredAlikeForStrangers() throws Exception {
        HttpResponse<String> nobody = newcomer().send("/reset/link", "email", "nobody@example.com");
        HttpResponse<String> known = newcomer().send("/reset/link", "email", "olive@example.com");
        assertThat(known.body()).isEqualTo(nobody.body());
        assertThat(mailTo("olive@example.com")).contains("/reset#");
        assertThat(List.of(mail.getReceivedMessages()))
                .noneMatch(message -> to(message).contains("nobody@"));
    }

    /** What the page that an answer leads to announces. */
    private static String told(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String there = answer.headers().firstValue("Location").orElseThrow();
        return find("<p class=\"flash\" role=\"status\"[^>]*>([^<]+)", owner.get(there));
    }

    private static HttpResponse<String> invite(String email, String role) {
        return owner.post("/console/members/invite", "email", email, "role", role);
    }

    private static HttpResponse<String> accept(String token, String password) {
        return newcomer()
                .send(
                        "/invitation",
                        "token",
                        token,
                        "accept",
                        "yes",
                        "name",
                        "Newcomer",
                        "password",
                        password);
    }

    private static HttpResponse<String> reset(String token, String password) {
        return newcomer().send("/reset", "token", token, "password", password);
    }

    private static String mailTo(String email) throws Exception {
        await().until(() ->
                List.of(mail.getReceivedMessages()).stream()
                        .anyMatch(message -> to(message).contains(email)));
        for (MimeMessage message : mail.getReceivedMessages()) {
            if (to(message).contains(email)) {
                return message.getContent().toString();
            }
        }
        throw new AssertionError(email);
    }

    private static String to(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(String email) throws SQLException {
        return database.text("select id from operator where email = ?", email);
    }

    private static String find(String pattern, HttpResponse<String> page) {
        Matcher found = Pattern.compile(pattern).matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }

    private static TestOperator newcomer() {
        return TestOperator.at(server.getURI());
    }
}
