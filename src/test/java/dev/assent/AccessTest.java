// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.account.Scope;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Goes through every route with everybody and compares with the table of who may what in {@code
 * docs/access.md}. A route that the table does not name fails, and so does a row without a route.
 * Where they differ, the rows as they are lie in {@code target/access}.
 */
class AccessTest {
    private static final Path TABLE = Path.of("docs/access.md");
    private static AccessWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = AccessWorld.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void pagesOfTheConsole_areForWhomTheTableSays() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Route route : routes().stream().filter(Route::isPage).toList()) {
            List<String> cells = new ArrayList<>();
            for (TestOperator who :
                    List.of(world.stranger(), world.elsewhere(), world.auditor(), world.editor())) {
                cells.add(may(page(who, route), route));
            }
            cells.add(may(page(world.owner(), route), route));
            assertThat(route.isOfOneThing() && !cells.get(1).equals("not there"))
                    .as(route + " shows another organization something")
                    .isFalse();
            rows.add(route.row(cells));
        }
        assertTable("/console", rows);
    }

    @Test
    void operatorsCalls_takeTheKeysThatTheTableSays() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Route route : routes().stream().filter(Route::isOperatorsCall).toList()) {
            List<String> cells = new ArrayList<>();
            cells.add(may(call(null, route), route));
            String foreign = may(call(world.foreignKey(), route), route);
            assertThat(route.isOfOneThing() && !foreign.equals("not there"))
                    .as(route + " shows another organization something")
                    .isFalse();
            cells.add(foreign);
            List<String> open = new ArrayList<>();
            for (Scope scope : Scope.values()) {
                String opens = may(call(world.key(scope), route), route);
                assertThat(opens).as(route + " with " + scope).isIn("yes", "no");
                if (opens.equals("yes")) {
                    open.add(scope.word());
                }
            }
            cells.add(String.join(", ", open));
            rows.add(route.row(cells));
        }
        assertTable("/v1/admin", rows);
    }

    @Test
    void everythingElse_isOpenToEverybodyAsTheTableSays() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Route route :
                routes().stream().filter(it -> !it.isPage() && !it.isOperatorsCall()).toList()) {
            assertThat(may(page(world.stranger(), route), route))
                    .as("%s", route)
                    .isNotEqualTo("no");
            rows.add("| `" + route.method() + " " + route.path() + "` |");
        }
        assertTable("/", rows);
    }

    private static HttpResponse<String> page(TestOperator who, Route route) {
        world.restore();
        String path = world.fill(route.path());
        return route.method().equals("GET") ? who.get(path) : who.post(path);
    }

    private static HttpResponse<String> call(
            @org.jspecify.annotations.Nullable String key, Route route) {
        world.restore();
        String body = route.method().equals("GET") ? null : body(route);
        return world.api(key).send(route.method(), world.fill(route.path()), body).response();
    }

    /** One that is right where a wrong one would be refused before anybody looks up the site. */
    private static String body(Route route) {
        return route.path().endsWith("/policies") ? "{\"material\":true,\"reason\":\"x\"}" : "{}";
    }

    /** What an answer says of whoever asked: a form that is refused for its content was allowed. */
    private static String may(HttpResponse<String> answer, Route route) {
        // A form that names nothing finds nothing, and was allowed to look.
        boolean isThing = route.path().contains("{");
        int status = answer.statusCode();
        assertThat(status).as(answer.uri() + ": " + answer.body()).isLessThan(500);
        String there = answer.headers().firstValue("Location").orElse("");
        if (status == 401 || (status == 303 && there.startsWith("/signin"))) {
            return "sign in";
        }
        return status == 403 ? "no" : isThing && status == 404 ? "not there" : "yes";
    }

    private static List<Route> routes() {
        return Route.all(world.bean(Router.class));
    }

    private static void assertTable(String prefix, List<String> rows) throws IOException {
        Path seen = Files.createDirectories(Path.of("target/access"));
        Files.write(seen.resolve("rows" + prefix.replace('/', '-') + ".md"), rows);
        assertThat(rows).containsExactlyElementsOf(table(prefix));
    }

    /** The rows whose paths begin so; of {@code /} those of neither of the two other tables. */
    private static List<String> table(String prefix) throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> prefix.equals(part(line.split("[ `]+", -1)[2])))
                .toList();
    }

    private static String part(String path) {
        return path.matches("/console(/.*)?")
                ? "/console"
                : path.startsWith("/v1/admin/") ? "/v1/admin" : "/";
    }
}
