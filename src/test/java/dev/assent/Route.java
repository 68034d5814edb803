// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.MediaType;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A route as {@code docs/access.md} names it.
 *
 * @param path with its variables in braces
 */
record Route(String method, String path) {
    private static final Set<HttpMethod> METHODS =
            Set.of(
                    HttpMethod.GET,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE);

    private static final List<MediaType> HTML = List.of(MediaType.TEXT_HTML_TYPE);

    /** All that a service answers, by path. */
    static List<Route> all(Router router) {
        return router.uriRoutes()
                .filter(route -> METHODS.contains(route.getHttpMethod()))
                .map(Route::of)
                .distinct()
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .toList();
    }

    /** All that answers with a page for people; each says so with {@code @Produces}. */
    static List<String> pages(Router router) {
        return router.uriRoutes()
                .filter(route -> route.getHttpMethod() == HttpMethod.GET)
                .filter(route -> route.getProduces().equals(HTML))
                .map(route -> of(route).path())
                .distinct()
                .sorted()
                .toList();
    }

    private static Route of(UriRouteInfo<?, ?> info) {
        String path = info.getUriMatchTemplate().toPathString().replaceAll("\\{\\?[^}]*}", "");
        return new Route(info.getHttpMethodName(), path);
    }

    boolean isPage() {
        return path.equals("/console") || path.startsWith("/console/");
    }

    boolean isOperatorsCall() {
        return path.startsWith("/v1/admin/");
    }

    boolean isOfOneThing() {
        return path.contains("{siteKey}") || path.contains("{id}");
    }

    String row(List<String> cells) {
        return "| `" + method + " " + path + "` | " + String.join(" | ", cells) + " |";
    }
}
