// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person at a browser that keeps one cookie, on the console's pages. */
public final class TestOperator {
    /** What every operator of the tests has, unless the test is about it. */
    public static final String PASSWORD = "correct horse battery staple";

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final String COOKIE = "assent-session";

    private final Http http;
    private final String origin;
    private String cookie = "";

    private TestOperator(URI service) {
        this.http = new Http(service);
        this.origin = service.toString();
    }

    /** Somebody who has not signed in. */
    public static TestOperator at(URI service) {
        return new TestOperator(service);
    }

    /** The first owner, by the link that was printed. */
    public static TestOperator setUp(URI service, String link, String email) {
        TestOperator owner = at(service);
        HttpResponse<String> answer =
                owner.send(
                        "/setup",
                        "token",
                        token(link),
                        "organization",
                        "Test Ltd",
                        "name",
                        "Olive Owner",
                        "email",
                        email,
                        "password",
                        PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return owner;
    }

    /** Invites somebody new with {@code role}, who accepts and signs in. */
    public TestOperator colleague(String email, String role) {
        String link = link(post("/console/members/invite", "email", email, "role", role));
        TestOperator invited = at(URI.create(origin));
        HttpResponse<String> joined =
                invited.send(
                        "/invitation",
                        "token",
                        token(link),
                        "accept",
                        "yes",
                        "name",
                        "Colleague",
                        "password",
                        PASSWORD);
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
        assertThat(invited.signIn(email, PASSWORD).statusCode()).isEqualTo(303);
        return invited;
    }

    public HttpResponse<String> signIn(String email, String password) {
        return send("/signin", "email", email, "password", password);
    }

    public HttpResponse<String> get(String path) {
        return keep(http.get(path, headers()));
    }

    /** Sends a form of the console, with its token; goes on to the page of what it has made. */
    public HttpResponse<String> post(String path, String... fields) {
        var all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("csrf", formToken()));
        HttpResponse<String> answer = send(path, all.toArray(String[]::new));
        return answer.headers()
                .firstValue("Location")
                .filter(there -> there.contains("?made="))
                .map(this::get)
                .orElse(answer);
    }

    /** Sends a form with these names and values in turn and nothing else. */
    public HttpResponse<String> send(String path, String... fields) {
        return sendBody(path, form(fields), "Origin", origin);
    }

    public HttpResponse<String> sendBody(String path, String body, String... headers) {
        var all = new ArrayList<>(List.of(headers()));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        all.addAll(List.of(headers));
        return keep(http.send("POST", path, body, all.toArray(String[]::new)));
    }

    /** The token that forms of this session carry. */
    public String formToken() {
        Matcher token = FORM_TOKEN.matcher(get("/signout").body());
        return token.find() ? token.group(1) : "";
    }

    public String cookie() {
        return cookie;
    }

    /** Takes on another browser's cookie. */
    public TestOperator withCookie(String other) {
        TestOperator copy = at(URI.create(origin));
        copy.cookie = other;
        return copy;
    }

    /** Whether the console lets one in. */
    public boolean isIn() {
        return get("/console/account").statusCode() == 200;
    }

    /** The link that a page shows. */
    public static String link(HttpResponse<String> page) {
        Matcher link = Pattern.compile("id=\"made\"[^>]*>([^<]+#[^<]+)<").matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1);
    }

    /** What stands behind the {@code #}. */
    public static String token(String link) {
        return link.substring(link.indexOf('#') + 1);
    }

    public static String form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(URLEncoder.encode(fields[i], UTF_8));
            form.append('=').append(URLEncoder.encode(fields[i + 1], UTF_8));
        }
        return form.toString();
    }

    private String[] headers() {
        return new String[] {
            "Accept", "text/html", "Cookie", COOKIE + "=" + cookie, "User-Agent", "Firefox/1 Linux"
        };
    }

    private HttpResponse<String> keep(HttpResponse<String> answer) {
        answer.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(COOKIE + "="))
                .forEach(set -> cookie = set.substring(COOKIE.length() + 1).split(";", 2)[0]);
        return answer;
    }
}
