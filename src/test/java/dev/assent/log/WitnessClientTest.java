// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.log.FalseWitness.Reply;
import dev.assent.log.WitnessAnswer.Conflict;
import dev.assent.log.WitnessAnswer.Cosigned;
import dev.assent.log.WitnessAnswer.Refused;
import dev.assent.log.WitnessAnswer.Unreachable;
import dev.assent.merkle.ConsistencyProof;
import dev.assent.note.AddCheckpoint;
import dev.assent.note.Cosignature;
import dev.assent.note.NoteSigner;
import dev.assent.note.TestCheckpoints;
import dev.assent.witness.TestWitness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log's side of C2SP tlog-witness, against a real witness and against a false one. */
class WitnessClientTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(200);

    private final TestCheckpoints log = TestCheckpoints.of("consent.example/log");
    private final FalseWitness witness = new FalseWitness(() -> NOW);
    private final WitnessClient client = new WitnessClient(() -> NOW);

    WitnessClientTest() throws Exception {}

    @AfterEach
    void close() {
        client.close();
        witness.close();
    }

    @Test
    void realWitness_cosignsStepByStep(@TempDir Path state) throws Exception {
        InstantSource clock = () -> NOW;
        try (TestWitness real = TestWitness.start(state, clock, log.key())) {
            Witness known = Witness.of(real.key(), real.url() + "/");
            var first = client.cosign(known, log.proof(0, 7), log.note(7));
            assertThat(first)
                    .isInstanceOfSatisfying(
                            Cosigned.class,
                            c -> assertThat(Cosignature.time(c.line())).isEqualTo(NOW));
            assertThat(client.cosign(known, log.proof(7, 50), log.note(50)))
                    .isInstanceOf(Cosigned.class);
            assertThat(client.cosign(known, log.proof(0, 60), log.note(60)))
                    .isEqualTo(new Conflict(50));
            assertThat(client.cosign(known, log.forkedAt(3).proof(50, 60), log.note(60)))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.status()).isEqualTo(422));
            TestCheckpoints stranger = log.withNewKey();
            assertThat(client.cosign(known, stranger.proof(50, 60), stranger.note(60)))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.status()).isEqualTo(403));
        }
    }

    @Test
    void otherKeys_arePassedOver() throws Exception {
        NoteSigner other = FalseWitness.newSigner("other.example/w", () -> NOW);
        witness.answers(request -> {
            String text = request.checkpoint().text();
            String line = other.sign(text).format() + "\n";
            return new Reply(200, line + witness.cosign(request).body() + line);
        });
        assertThat(ask())
                .isInstanceOfSatisfying(
                        Cosigned.class,
                        c -> assertThat(c.line().name()).isEqualTo(witness.key().name()));
        witness.answers(
                request -> new Reply(200, other.sign(request.checkpoint().text()).format() + "\n"));
        assertRefused(200);
    }

    @Test
    void cosignatureOnAnotherText_isRefused() {
        witness.answers(request -> witness.cosign(log.request(0, 8)));
        assertRefused(200);
    }

    @Test
    void cosignatureOnALongerText_isRefused() throws Exception {
        NoteSigner other = FalseWitness.newSigner("other.example/w", () -> NOW);
        witness.answers(request -> {
            // Lines, a blank line, and then what is signed: our text and those lines.
            String lines = other.sign("x\n").format() + "\n";
            var longer = log.sign(request.checkpoint().text() + "\n" + lines);
            Reply reply = witness.cosign(new AddCheckpoint(0, List.of(), longer));
            return new Reply(200, lines + "\n" + reply.body());
        });
        assertRefused(200);
    }

    @Test
    void logsOwnSignature_isNoCosignature() {
        witness.answers(request ->
                new Reply(200, request.checkpoint().signatures().getFirst().format() + "\n"));
        assertRefused(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400, 86_400})
    void implausibleTime_isRefused(long seconds) throws Exception {
        try (FalseWitness late = new FalseWitness(() -> NOW.plusSeconds(seconds))) {
            assertThat(client.cosign(late.witness(), log.proof(0, 7), log.note(7)))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.detail()).contains("its clock says"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "OK\n",
                "<html>",
                "\u2014 false.example/w\n",
                "\u2014 false.example/w AAAAAAAA\n",
                "{\"ok\":true}",
            })
    void garbage_isRefused(String body) {
        witness.answers(200, body);
        assertRefused(200);
    }

    @Test
    void cosignatureWithoutALineEnd_isRefused() {
        witness.answers(request -> new Reply(200, witness.cosign(request).body().strip()));
        assertRefused(200);
    }

    @Test
    void redirect_isNotFollowed() {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            witness.answers(status, "elsewhere\n");
            assertRefused(status);
        }
        assertThat(witness.askedFrom).hasSize(5);
    }

    @Test
    void refusals_areToldInOnePrintableLine() {
        witness.answers(403, "\u001b[31mno\u0000 ünknown\r\nsecond line\n");
        assertThat(ask()).isEqualTo(new Refused(403, "?[31mno? ?nknown"));
        witness.answers(500, "x".repeat(10_000));
        assertThat(ask()).isEqualTo(new Refused(500, "x".repeat(200)));
    }

    @Test
    void conflict_namesASize() {
        witness.answers(409, "41\n");
        assertThat(ask()).isEqualTo(new Conflict(41));
        for (String bad : List.of("41", "041\n", "-1\n", "x\n", "9223372036854775808\n", "\n")) {
            witness.answers(409, bad);
            assertRefused(409);
        }
    }

    @Test
    void hugeAnswer_isNotRead() {
        witness.answers(200, "x".repeat(1_000_000));
        assertThat(ask()).isInstanceOf(Unreachable.class);
        witness.answers(200, "x".repeat(65_536));
        assertRefused(200);
    }

    @Test
    void silence_endsInTime() {
        try (WitnessClient impatient = new WitnessClient(() -> NOW, SHORT)) {
            witness.answers(witness::hang);
            assertThat(impatient.cosign(witness.witness(), log.proof(0, 7), log.note(7)))
                    .isEqualTo(new Unreachable("no whole answer within 200 ms"));
            witness.answers(witness::trickle);
            assertThat(impatient.cosign(witness.witness(), log.proof(0, 7), log.note(7)))
                    .isEqualTo(new Unreachable("no whole answer within 200 ms"));
        }
    }

    @Test
    void nobodyThere_isUnreachable() {
        witness.close();
        assertThat(ask()).isInstanceOf(Unreachable.class);
        for (String url : List.of("http://nobody.invalid", "https://127.0.0.1:1", "http://a:0")) {
            Witness nobody = new Witness(witness.key(), URI.create(url));
            assertThat(client.cosign(nobody, log.proof(0, 7), log.note(7)))
                    .as(url)
                    .isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void plainHttpWhereTlsIsExpected_isUnreachable() {
        URI https = URI.create("https://127.0.0.1:" + witness.url().getPort());
        assertThat(client.cosign(new Witness(witness.key(), https), log.proof(0, 7), log.note(7)))
                .isInstanceOf(Unreachable.class);
    }

    private WitnessAnswer ask() {
        ConsistencyProof proof = log.proof(0, 7);
        return client.cosign(witness.witness(), proof, log.note(7));
    }

    private void assertRefused(int status) {
        assertThat(ask())
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.status()).isEqualTo(status));
    }
}
