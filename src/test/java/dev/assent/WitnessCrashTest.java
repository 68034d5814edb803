// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.AddCheckpoint;
import dev.assent.note.TestCheckpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witness as a process of its own, killed in the middle of its work and told to end. */
class WitnessCrashTest {
    private static final int KILLS = 4;
    private static final int STEPS = 20;

    @TempDir Path state;
    private final TestCheckpoints log = TestCheckpoints.of("consent.example/log");
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    WitnessCrashTest() throws Exception {}

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
        http.close();
    }

    @Test
    void kill_losesNothingThatWasCosigned() throws Exception {
        int cosigned = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            URI url = start();
            int from = size(url);
            assertThat(from).isBetween(cosigned, cosigned + 1);
            cosigned = workUntilKilled(url, from);
        }
        assertThat(size(start())).isBetween(cosigned, cosigned + 1);
    }

    @Test
    void sigterm_endsItAtOnceAndFreesTheFolder() throws Exception {
        start();
        terminate();
        start();
        terminate();
    }

    /** One step after the other, and the kill falls somewhere among them. */
    private int workUntilKilled(URI url, int from) throws InterruptedException {
        int size = from;
        try {
            for (int step = 1; step <= STEPS; step++) {
                if (step == STEPS - 5) {
                    Thread.startVirtualThread(running()::destroyForcibly);
                }
                if (add(url, log.request(size, size + 1)) == 200) {
                    size++;
                }
            }
        } catch (IOException e) {
            // It is dead; what was answered until then counts.
        }
        running().waitFor();
        return size;
    }

    private void terminate() throws InterruptedException {
        running().destroy();
        assertThat(running().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running().exitValue()).isEqualTo(143);
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }

    private URI start() throws IOException {
        Path err = state.resolveSibling("witness-" + state.getFileName() + ".err");
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Assent.class.getName(),
                                "witness",
                                "--state",
                                state.toString(),
                                "--port",
                                "0",
                                "--name",
                                "witness.example/w1",
                                "--log",
                                log.key().vkey())
                        .redirectError(err.toFile())
                        .start();
        BufferedReader output = process.inputReader();
        String start = "witness: listening on ";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                Files.deleteIfExists(err);
                return URI.create(line.substring(start.length()));
            }
        }
        throw new AssertionError("it does not start: " + Files.readString(err));
    }

    /** As the witness itself says it. */
    private int size(URI url) throws Exception {
        var request = HttpRequest.newBuilder(url).build();
        String page = http.send(request, BodyHandlers.ofString()).body();
        return page.lines()
                .filter(line -> line.startsWith("size  "))
                .mapToInt(line -> Integer.parseInt(line.substring(6)))
                .findFirst()
                .orElseThrow();
    }

    private int add(URI url, AddCheckpoint request) throws IOException, InterruptedException {
        var post =
                HttpRequest.newBuilder(url.resolve("/add-checkpoint"))
                        .POST(BodyPublishers.ofByteArray(request.format()))
                        .build();
        return http.send(post, BodyHandlers.ofString()).statusCode();
    }
}
