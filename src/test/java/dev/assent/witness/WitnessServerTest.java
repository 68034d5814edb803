// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.Note;
import dev.assent.note.TestCheckpoints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessServerTest {
    private static final int HUGE = 10 * 1024 * 1024;

    @TempDir Path state;
    private final TestCheckpoints log = TestCheckpoints.of("consent.example/log");
    private final HttpClient http = HttpClient.newHttpClient();
    private TestWitness witness;

    WitnessServerTest() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        witness = TestWitness.start(state, log.key());
    }

    @AfterEach
    void stop() throws IOException {
        witness.close();
        http.close();
    }

    @Test
    void addCheckpoint_answersWithTheCosignature() throws Exception {
        var answer = add(log.request(0, 7).format());
        assertThat(answer.statusCode()).isEqualTo(200);
        Note note = Note.parse(log.note(7).format() + answer.body());
        assertThat(note.verify(List.of(witness.key()))).hasSize(1);
    }

    @Test
    void conflict_namesTheSizeWithItsMediaType() throws Exception {
        add(log.request(0, 7).format());
        var answer = add(log.request(0, 9).format());
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(answer.body()).isEqualTo("7\n");
    }

    @Test
    void refusals_haveTheStatusOfTheSpecification() throws Exception {
        add(log.request(0, 7).format());
        assertThat(add("old".getBytes(UTF_8)).statusCode()).isEqualTo(400);
        assertThat(add(log.withNewKey().request(7, 9).format()).statusCode()).isEqualTo(403);
        TestCheckpoints other = TestCheckpoints.of("other.example/log");
        assertThat(add(other.request(0, 7).format()).statusCode()).isEqualTo(404);
        assertThat(add(log.forkedAt(3).request(7, 9).format()).statusCode()).isEqualTo(422);
    }

    @Test
    void hugeBody_isRefusedAndHarmsNobody() throws Exception {
        byte[] huge = new byte[HUGE];
        for (var body :
                List.of(
                        BodyPublishers.ofByteArray(huge),
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge)))) {
            try {
                assertThat(send("POST", "/add-checkpoint", body).statusCode()).isEqualTo(413);
            } catch (IOException e) {
                // The connection may be cut before the answer is read; that refuses as well.
            }
        }
        assertThat(add(log.request(0, 7).format()).statusCode()).isEqualTo(200);
    }

    @Test
    void noise_harmsNobody() throws Exception {
        for (String noise : List.of("\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "POST /add-checkpoint")) {
            try (Socket socket = new Socket(witness.url().getHost(), witness.url().getPort())) {
                socket.getOutputStream().write(noise.getBytes(UTF_8));
            }
        }
        assertThat(add(log.request(0, 7).format()).statusCode()).isEqualTo(200);
    }

    @Test
    void page_saysWhatItIs() throws Exception {
        add(log.request(0, 7).format());
        var page = send("GET", "/", BodyPublishers.noBody());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(page.body())
                .contains(witness.key().vkey(), "log   consent.example/log\nsize  7\n")
                .doesNotContain("FORK");
        assertThat(send("HEAD", "/", BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    }

    @Test
    void otherPathsAndMethods_areRefused() throws Exception {
        for (String path : List.of("/add-checkpoint/", "/add-checkpoints", "/x", "/x/../key")) {
            assertThat(send("GET", path, BodyPublishers.noBody()).statusCode()).isEqualTo(404);
        }
        var get = send("GET", "/add-checkpoint", BodyPublishers.noBody());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(send("POST", "/", BodyPublishers.noBody()).statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/", BodyPublishers.noBody()).statusCode()).isEqualTo(405);
    }

    @Test
    void start_saysKeyAndAddress() throws Exception {
        assertThat(witness.output())
                .contains(
                        "witness NAME " + witness.key().vkey() + " " + witness.url(),
                        "watching consent.example/log from size 0");
    }

    @Test
    void restart_keepsTheState() throws Exception {
        add(log.request(0, 7).format());
        var key = witness.key();
        witness.close();
        witness = TestWitness.start(state, log.key());
        assertThat(witness.key()).isEqualTo(key);
        assertThat(witness.output()).contains("from size 7");
        assertThat(add(log.request(0, 5).format()).statusCode()).isEqualTo(409);
        assertThat(add(log.request(7, 9).format()).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> add(byte[] body) throws Exception {
        return send("POST", "/add-checkpoint", BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(witness.url() + path))
                        .method(method, body)
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
