// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.account.SetUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service with an owner, an editor and an auditor, and its forms as browsers send them. */
public final class TestConsole implements AutoCloseable {
    public final EmbeddedServer server;
    public final String database;
    public final TestApi api;
    public final TestOperator owner;
    public final TestOperator editor;
    public final TestOperator auditor;

    private TestConsole() {
        Map<String, String> properties = TestApi.properties();
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        database = Objects.requireNonNull(properties.get("assent.database.url"));
        api = TestApi.of(server.getURI());
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, BrowsedConsole.OWNER);
        editor = owner.colleague("ed@example.com", "editor");
        auditor = owner.colleague("audrey@example.com", "auditor");
    }

    public static TestConsole start() {
        return new TestConsole();
    }

    public URI uri() {
        return server.getURI();
    }

    /** The path of a new site. */
    public String site() {
        String wish = "{\"name\":\"A <b>shop</b>\",\"origins\":[\"https://shop.example\"]}";
        return "/console/sites/" + api.post("/v1/admin/sites", wish).text("siteKey");
    }

    /** Saves the draft that a site at this path begins with, and publishes it. */
    public HttpResponse<String> publish(String site, Map<String, String> wish) {
        String policy = site + "/policy";
        send(owner, policy, fields(owner.get(policy)), Map.of("do", "save"));
        return send(owner, policy + "/publish", fields(owner.get(policy + "/publish")), wish);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Sends {@code typed}, with {@code more} in place of what it has. */
    public static HttpResponse<String> send(
            TestOperator who, String path, Map<String, String> typed, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(typed);
        all.putAll(more);
        all.remove("csrf");
        List<String> fields = new ArrayList<>();
        all.forEach((name, value) -> fields.addAll(List.of(name, value)));
        return who.post(path, fields.toArray(String[]::new));
    }

    /** What a browser would send of the page's last form, without its buttons. */
    public static Map<String, String> fields(HttpResponse<String> page) {
        Map<String, String> fields = new HashMap<>();
        Matcher field =
                Pattern.compile(
                                "<input ([^>]*?)name=\"([^\"]+)\"([^>]*)>"
                                        + "|<textarea [^>]*?name=\"([^\"]+)\"[^>]*>\n?([^<]*)</textarea>"
                                        + "|<select [^>]*?name=\"([^\"]+)\"[^>]*>(.*?)</select>",
                                Pattern.DOTALL)
                        .matcher(page.body());
        while (field.find()) {
            if (field.group(2) != null) {
                input(field.group(2), field.group(1) + field.group(3), fields);
            } else if (field.group(4) != null) {
                fields.put(field.group(4), unescaped(field.group(5)));
            } else {
                Matcher chosen =
                        Pattern.compile("<option value=\"([^\"]*)\"( selected)?")
                                .matcher(field.group(7));
                String value = "";
                for (boolean first = true; chosen.find(); first = false) {
                    value = first || chosen.group(2) != null ? chosen.group(1) : value;
                }
                fields.put(field.group(6), value);
            }
        }
        return fields;
    }

    private static void input(String name, String attributes, Map<String, String> fields) {
        boolean box = attributes.matches("(?s).*type=\"(checkbox|radio)\".*");
        if (box && !attributes.matches("(?s).* checked.*")) {
            return;
        }
        Matcher value = Pattern.compile("value=\"([^\"]*)\"").matcher(attributes);
        String sent = value.find() ? unescaped(value.group(1)) : "";
        // Boxes of one list share a name; the editor takes a line for each.
        fields.merge(name, sent, (one, other) -> box ? one + "\n" + other : other);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
