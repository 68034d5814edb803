// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.account.Scope;
import dev.assent.account.SetUp;
import dev.assent.account.TestOwner;
import dev.assent.consent.TestChoice;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An organization with a site, a record, operators of each role and keys; and one beside it. */
final class AccessWorld implements AutoCloseable {
    private static final String OWNER = "olive@example.com";

    private final EmbeddedServer server;
    private final TestOperator owner;
    private final TestOperator editor;
    private final TestOperator auditor;
    private final TestOperator elsewhere;
    private final String foreignKey;
    private final Map<Scope, String> keys = new EnumMap<>(Scope.class);
    private TestSite site;
    private String record = "";
    private String spareKey = "";
    private String webhook = "";

    private AccessWorld(EmbeddedServer server, String database) throws SQLException {
        this.server = server;
        String link = bean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, OWNER);
        editor = owner.colleague("edith@example.com", "editor");
        auditor = owner.colleague("aude@example.com", "auditor");
        elsewhere = TestOwner.ofStrangers(server.getURI(), new TestDatabase(database));
        var made =
                elsewhere.post(
                        "/console/keys",
                        "name",
                        "All",
                        "scopes",
                        "sites",
                        "scopes",
                        "policies",
                        "scopes",
                        "records",
                        "scopes",
                        "export",
                        "scopes",
                        "organization");
        Matcher key = Pattern.compile("assent_[A-Za-z0-9_-]{43}").matcher(made.body());
        assertThat(key.find()).as(made.body()).isTrue();
        foreignKey = key.group();
        for (Scope scope : Scope.values()) {
            keys.put(scope, makeKey(scope).text("key"));
        }
        site = TestSite.publish(server.getURI());
        // The organization's first event: until a checkpoint covers it there is no proof.
        await().until(() -> owner.get("/console/trail/1/proof.json").statusCode() == 200);
        restore();
    }

    static AccessWorld start() throws SQLException {
        return start(fresh -> {});
    }

    /**
     * @param before is given the service while nobody has set it up
     */
    static AccessWorld start(Consumer<URI> before) throws SQLException {
        String database = TestServers.newDatabase();
        var properties = new HashMap<String, Object>(TestServers.properties(database));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        // Everybody asks often here.
        properties.put("assent.rate-limit", "0");
        properties.put("assent.webhook-private", "true");
        EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, properties);
        before.accept(server.getURI());
        return new AccessWorld(server, database);
    }

    URI uri() {
        return server.getURI();
    }

    /** Makes anew what a call has taken away. */
    void restore() {
        TestApi all = api(TestApi.ADMIN_KEY);
        if (all.get("/v1/admin/sites/" + site.siteKey()).status() != 200) {
            site = TestSite.publish(server.getURI());
            record = "";
        }
        if (record.isEmpty() || all.get("/v1/consents/" + record).status() != 200) {
            record = TestChoice.id().toString();
            assertThat(site.send(TestChoice.json(site, record)).statusCode()).isEqualTo(201);
        }
        boolean isThere = all.get("/v1/admin/keys").body().contains("\"id\":" + spareKey + ",");
        if (spareKey.isEmpty() || !isThere) {
            spareKey = makeKey(Scope.SITES).body().replaceAll("^.*\"id\":(\\d+).*$", "$1");
        }
        restoreWebhook();
    }

    private void restoreWebhook() {
        String list = "/console/sites/" + site.siteKey() + "/webhooks";
        if (webhook.isEmpty() || owner.get(list + "/" + webhook).statusCode() != 200) {
            String made =
                    owner.post(list, "url", "http://127.0.0.1:49999/", "types", "policy.published")
                            .body();
            webhook = made.replaceAll("(?s)^.*/webhooks/(\\d+)/test.*$", "$1");
        }
    }

    /** A path with things of ours in the place of its variables. */
    String fill(String template) {
        return template.replace("{siteKey}", site.siteKey())
                .replace("/keys/{id}", "/keys/" + spareKey)
                .replace("/webhooks/{id}", "/webhooks/" + webhook)
                .replace("/trail/{id}", "/trail/1")
                .replace("{id}", record)
                .replace("{version}", "1")
                .replace("{from}", "1")
                .replace("{to}", "1")
                .replace("{n}", "1")
                .replace("{m}", "1")
                .replaceAll("\\{[+]?[a-z0-9]+(:[^}]*)?}", site.sha256());
    }

    /** The path of a new link by which somebody without an account audits the site. */
    String guestLink() {
        String links = "/console/sites/" + site.siteKey() + "/audit/links";
        String made = owner.post(links, "label", "Guest", "days", "7").body();
        Matcher link = Pattern.compile("/audit/[\\w-]{43}").matcher(made);
        assertThat(link.find()).as(made).isTrue();
        return link.group();
    }

    TestOperator stranger() {
        return TestOperator.at(server.getURI());
    }

    TestOperator owner() {
        return owner;
    }

    TestOperator editor() {
        return editor;
    }

    TestOperator auditor() {
        return auditor;
    }

    /** The owner of the other organization. */
    TestOperator elsewhere() {
        return elsewhere;
    }

    String foreignKey() {
        return foreignKey;
    }

    String key(Scope scope) {
        return Objects.requireNonNull(keys.get(scope));
    }

    TestApi api(@Nullable String key) {
        return TestApi.of(server.getURI()).withKey(key);
    }

    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    @Override
    public void close() {
        server.close();
    }

    private TestApi.Answer makeKey(Scope scope) {
        String wish = "{\"name\":\"Test\",\"scopes\":[\"" + scope.word() + "\"]}";
        TestApi.Answer made = api(TestApi.ADMIN_KEY).post("/v1/admin/keys", wish);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made;
    }

    /** Of an organization that no page makes. */
}
