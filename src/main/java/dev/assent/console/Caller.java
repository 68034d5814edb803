// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Token;
import dev.assent.web.ClientNetwork;
import dev.assent.web.TrustedProxies;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** What a request says of who sent it. */
@Singleton
public final class Caller {
    /** First match wins: many browsers also name those that they want to be taken for. */
    private static final Map<String, String> BROWSERS =
            ordered(
                    "Edg/",
                    "Edge",
                    "OPR/",
                    "Opera",
                    "Firefox/",
                    "Firefox",
                    "Chrome/",
                    "Chrome",
                    "Safari/",
                    "Safari");

    private static final Map<String, String> SYSTEMS =
            ordered(
                    "Android",
                    "Android",
                    "iPhone",
                    "iPhone",
                    "iPad",
                    "iPad",
                    "Windows",
                    "Windows",
                    "Mac OS X",
                    "macOS",
                    "Linux",
                    "Linux");

    private final SessionCookie cookie;
    private final TrustedProxies proxies;

    Caller(SessionCookie cookie, TrustedProxies proxies) {
        this.cookie = cookie;
        this.proxies = proxies;
    }

    public ClientNetwork network(HttpRequest<?> request) {
        return proxies.clientOf(request);
    }

    public Optional<Token> token(HttpRequest<?> request) {
        return cookie.read(request);
    }

    /** The token of a request that the guard has let in. */
    public Token requireToken(HttpRequest<?> request) {
        return token(request)
                .orElseThrow(() -> new IllegalStateException("the guard lets nobody in without"));
    }

    /** In coarse words, such as {@code Firefox on Linux}: enough to know one's own, no more. */
    public static String browser(HttpRequest<?> request) {
        String agent = request.getHeaders().get("User-Agent");
        if (agent == null) {
            return "unknown";
        }
        String browser = first(BROWSERS, agent, "another browser");
        String system = first(SYSTEMS, agent, "");
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String first(Map<String, String> words, String agent, String otherwise) {
        return words.entrySet().stream()
                .filter(entry -> agent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new java.util.LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
