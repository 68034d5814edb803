// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./assent}, in a tree of its own with JDKs, Maven and npm that only echo. */
class LauncherTest {
    private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant EARLIER = BUILT.minusSeconds(60);
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private static final List<String> SOURCES =
            List.of(
                    "pom.xml",
                    "migrations/V0001__tables.sql",
                    "src/main/java/A.java",
                    "widget/src/index.ts",
                    "widget/package-lock.json");

    private static final String STRANGER = "src/test/strangers/sigstore-js";

    @TempDir Path folder;
    private Path tree;
    private final Map<String, String> environment = new HashMap<>();

    /** A tree that was built, and programs in place of the real ones. */
    @BeforeEach
    void plant() throws IOException {
        tree = Files.createDirectories(folder.resolve("a tree"));
        Files.copy(Path.of("assent"), tree.resolve("assent"));
        Files.setPosixFilePermissions(tree.resolve("assent"), fromString("rwxr-xr-x"));
        for (String source : SOURCES) {
            Files.createDirectories(tree.resolve(source).getParent());
            Files.createFile(tree.resolve(source));
        }
        for (String project : List.of("widget", STRANGER)) {
            Files.createDirectories(tree.resolve(project).resolve("node_modules"));
            Files.createFile(tree.resolve(project).resolve("node_modules/.package-lock.json"));
        }
        Files.createFile(tree.resolve(STRANGER).resolve("package-lock.json"));
        age(EARLIER);
        Files.createDirectories(tree.resolve("target"));
        Files.createFile(tree.resolve("target/assent.jar"));
        touch("target/assent.stamp", BUILT);
        program("tools/mvn", "echo mvn \"$@\"; echo \"$JAVA_HOME\"; touch target/assent.jar");
        program("tools/npm", "echo npm \"$@\" in \"$PWD\" >&2");
        program("tools/node", "echo v22.1.0");
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.3").toString());
    }

    @Test
    void help_names_the_commands() throws Exception {
        Output output = assent("help");
        assertThat(output.status).isZero();
        assertThat(output.text).contains("run ", "test ");
    }

    @Test
    void an_unknown_command_is_refused_with_2() throws Exception {
        Output output = assent("frobnicate");
        assertThat(output.status).isEqualTo(2);
        assertThat(output.text).contains("there is no command 'frobnicate'", "usage:");
    }

    @Test
    void run_starts_at_once_what_is_built() throws Exception {
        Output output = assent("run", "more");
        assertThat(output.text).contains("java of jdk-25").doesNotContain("mvn", "npm");
        assertThat(output.text)
                .contains("-jar " + tree.toRealPath() + "/target/assent.jar run more");
    }

    @Test
    void run_builds_first_what_has_changed() throws Exception {
        for (String source : SOURCES) {
            age(EARLIER);
            touch("target/assent.stamp", BUILT);
            touch(source, LATER);
            assertThat(assent("run").text)
                    .as(source)
                    .contains("mvn -B -q -ntp -DskipTests package");
            age(EARLIER);
            assertThat(assent("run").text).as(source).doesNotContain("mvn");
        }
    }

    @Test
    void what_the_build_itself_writes_is_no_change() throws Exception {
        Files.createDirectories(tree.resolve("widget/dist"));
        touch("widget/dist/assent.js", LATER);
        touch("widget/node_modules/.package-lock.json", LATER);
        assertThat(assent("run").text).doesNotContain("mvn", "npm");
    }

    @Test
    void npm_ci_runs_again_only_for_another_lock_file() throws Exception {
        touch("pom.xml", LATER);
        assertThat(assent("run").text).contains("mvn").doesNotContain("npm ci");
        touch("widget/package-lock.json", LATER);
        assertThat(assent("run").text).contains("npm ci --no-audit", "/a tree/widget");
    }

    @Test
    void a_failed_build_starts_nothing() throws Exception {
        program("tools/mvn", "exit 1");
        touch("pom.xml", LATER);
        Output output = assent("run");
        assertThat(output.status).isEqualTo(1);
        assertThat(output.text).contains("the build failed").doesNotContain("java of");
        assertThat(assent("run").status).as("and is tried again").isEqualTo(1);
    }

    @Test
    void test_hands_its_arguments_to_maven() throws Exception {
        plantWhatTestsNeed();
        assertThat(assent("test", "-Dtest=HouseTest").text)
                .contains("mvn -B -ntp verify -Dtest=HouseTest", "/jdk-25")
                .doesNotContain("npm ci");
    }

    @Test
    void test_gets_the_packages_of_both_projects() throws Exception {
        plantWhatTestsNeed();
        touch("widget/package-lock.json", LATER);
        touch(STRANGER + "/package-lock.json", LATER);
        assertThat(assent("test").text)
                .containsPattern("npm ci .* in .*/a tree/widget\n")
                .containsPattern("npm ci .* in .*/a tree/" + STRANGER + "\n");
    }

    @Test
    void test_says_how_to_get_go_where_it_may_not_install_it() throws Exception {
        plantWhatTestsNeed();
        program("tools/go", "test \"$1\" = env");
        program("tools/id", "echo 1000");
        Output output = assent("test");
        assertThat(output.status).isEqualTo(2);
        assertThat(output.text)
                .contains("apt-get install golang-go golang-golang-x-mod-dev", "https://go.dev/dl")
                .contains("git clone https://go.googlesource.com/mod \"$(go env GOPATH)/src/")
                .doesNotContain("mvn");
    }

    @Test
    void witness_hands_its_arguments_to_the_program() throws Exception {
        assertThat(assent("witness", "--name", "w").text)
                .contains("/target/assent.jar witness --name w");
    }

    @Test
    void fsck_hands_its_arguments_to_the_program() throws Exception {
        assertThat(assent("fsck", "--help").text).contains("/target/assent.jar fsck --help");
    }

    @Test
    void key_hands_its_arguments_to_the_program() throws Exception {
        assertThat(assent("key", "next").text).contains("/target/assent.jar key next");
    }

    @Test
    void verify_hands_its_arguments_to_the_program() throws Exception {
        assertThat(assent("verify", "a receipt", "--json").text)
                .contains("/target/assent.jar verify a receipt --json");
    }

    @Test
    void an_old_java_home_gives_way_to_a_newer_javac_on_the_path() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
        Path newer = jdk("jdk-26", "26");
        Files.createSymbolicLink(folder.resolve("tools/javac"), newer.resolve("bin/javac"));
        assertThat(assent("run").text).contains("java of jdk-26");
    }

    @Test
    void a_jre_or_a_folder_of_another_kind_is_no_jdk() throws Exception {
        Path jre = jdk("jre-25", "25.0.3");
        Files.delete(jre.resolve("bin/javac"));
        environment.put("JAVA_HOME", jre.toString());
        Path other = jdk("jdk-27", "27-ea");
        Files.createSymbolicLink(folder.resolve("tools/javac"), other.resolve("bin/javac"));
        assertThat(assent("run").text).contains("java of jdk-27");
    }

    @Test
    void runs_from_anywhere_and_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), tree.resolve("assent"));
        Output output = execute(folder, link.toString(), "run");
        assertThat(output.text).contains("-jar " + tree.toRealPath() + "/target/assent.jar run");
        assertThat(output.text).contains("data in " + tree.toRealPath() + "/data");
    }

    @Test
    void a_class_cache_is_used_only_if_made_from_this_jar() throws Exception {
        touch("target/assent.jar", BUILT);
        touch("target/assent.aot", EARLIER);
        assertThat(assent("run").text).doesNotContain("AOTCache");
        touch("target/assent.aot", LATER);
        assertThat(assent("run").text).contains("-XX:AOTCache=", "/target/assent.aot -jar ");
    }

    @Test
    void the_node_on_the_path_must_be_recent() throws Exception {
        program("tools/node", "echo v18.19.0");
        touch("pom.xml", LATER);
        Output output = assent("run");
        assertThat(output.status).isEqualTo(2);
        assertThat(output.text).contains("Node.js 20 or newer", "v18.19.0", "https://nodejs.org");
    }

    private void plantWhatTestsNeed() throws IOException {
        for (String tool :
                List.of(
                        "chromium",
                        "chromedriver",
                        "firefox-esr",
                        "WebKitWebDriver",
                        "Xvfb",
                        "go")) {
            program("tools/" + tool, "");
        }
    }

    private record Output(int status, String text) {}

    private Output assent(String... words) throws Exception {
        return execute(
                tree,
                Stream.concat(Stream.of("./assent"), Stream.of(words)).toArray(String[]::new));
    }

    private Output execute(Path from, String... words) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(from.toFile()).redirectErrorStream(true);
        builder.environment().remove("ASSENT_DATA_DIR");
        builder.environment().putAll(environment);
        builder.environment()
                .merge(
                        "PATH",
                        folder.resolve("tools").toString(),
                        (old, tools) -> tools + ":" + old);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Output(process.waitFor(), text);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        program(name + "/bin/javac", "");
        program(
                name + "/bin/java",
                "echo java of " + name + ": \"$@\"; echo data in \"$ASSENT_DATA_DIR\"");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private void program(String path, String script) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }

    private void age(Instant time) throws IOException {
        for (String root : List.of("pom.xml", "migrations", "src", "widget")) {
            try (Stream<Path> paths = Files.walk(tree.resolve(root))) {
                for (Path path : paths.toList()) {
                    Files.setLastModifiedTime(path, FileTime.from(time));
                }
            }
        }
    }

    private void touch(String path, Instant time) throws IOException {
        Path file = tree.resolve(path);
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
