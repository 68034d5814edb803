// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestSite;
import dev.assent.log.TestLog;
import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.TlogProof;
import dev.assent.receipt.Entry;
import dev.assent.receipt.ReceiptVerifier;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptControllerTest implements TestPropertyProvider {
    private static final String JSON = "application/json";

    @Inject EmbeddedServer server;
    private Http http;
    private TestLog log;
    private TestSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        http = new Http(server.getURI());
        log = new TestLog(server.getURI());
        site = TestSite.publish(server.getURI());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/plain",
                "text/plain;q=0.9, application/json;q=0.5",
                "text/html"
            })
    void receipt_isATlogProofThatVerifies(String accept) {
        String id = recorded();

        var answer = receipt(id, accept);

        assertThat(answer.headers().firstValue("content-type"))
                .contains("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"assent-" + id + ".tlog-proof\"");
        assertThat(answer.headers().firstValue("cache-control")).contains("private, no-store");
        assertValid(new ReceiptVerifier(trusted()), answer.body());
    }

    @Test
    void bundle_verifiesInEveryStepWithoutAskingUs() {
        var answer = receipt(recorded(), JSON);

        assertThat(answer.headers().firstValue("content-type")).contains(JSON);
        Verdict verdict = new ReceiptVerifier(trusted()).verify(answer.body().getBytes(UTF_8));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
        assertValid(new ReceiptVerifier(TrustPolicy.FIRST_USE), answer.body());
    }

    @Test
    void bundle_provesThatTheLogHasOnlyGrown() throws Exception {
        recorded();
        Note kept = Note.parse(http.get("/log/checkpoint").body());
        long size = Checkpoint.parse(kept.text()).size();
        String id = recorded();
        receipt(id, JSON);

        var answer = http.get(path(id) + "?since=" + size, "Accept", JSON);

        assertValid(new ReceiptVerifier(trusted(), Optional.of(kept)), answer.body());
        var without = http.get(path(id), "Accept", JSON);
        assertThat(
                        new ReceiptVerifier(trusted(), Optional.of(kept))
                                .verify(without.body().getBytes(UTF_8))
                                .exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000", "9223372036854775807"})
    void sizeThatTheLogNeverHad_isRefused(String since) {
        String id = recorded();
        receipt(id, JSON);
        var answer = http.get(path(id) + "?since=" + since, "Accept", JSON);
        TestApi.assertProblem(answer, 422, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "9223372036854775808", "1.5"})
    void sizeThatIsNoNumber_isRefused(String since) {
        var answer = http.get(path(recorded()) + "?since=" + since, "Accept", JSON);
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void artefact_hasAProofOfItsOwn() throws Exception {
        var answer = http.get("/v1/artefacts/" + site.sha256() + "/proof");

        assertThat(answer.statusCode()).isEqualTo(200);
        Hash leaf = new Entry(Entry.Type.ARTEFACT, Hash.fromHex(site.sha256())).leafHash();
        TlogProof.parse(answer.body()).verify(leaf, log.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00", "0000000000000000000000000000000000000000000000000000000000000000"})
    void unknownArtefact_hasNone(String sha256) {
        TestApi.assertProblem(http.get("/v1/artefacts/" + sha256 + "/proof"), 404, "not-found");
    }

    @Test
    void unknownRecord_hasNoReceipt() {
        TestApi.assertProblem(http.get(path(TestChoice.id().toString())), 404, "not-found");
    }

    private String recorded() {
        String id = TestChoice.id().toString();
        assertThat(site.send(TestChoice.json(site, id)).statusCode()).isEqualTo(201);
        return id;
    }

    /** Asks again while it is pending, as told. */
    private HttpResponse<String> receipt(String id, String accept) {
        return await().until(
                        () -> {
                            var answer = http.get(path(id), "Accept", accept);
                            if (answer.statusCode() == 202) {
                                assertThat(answer.headers().firstValue("retry-after"))
                                        .contains("1");
                                assertThat(new TestApi.Answer(answer).text("state"))
                                        .isEqualTo("pending");
                            }
                            return answer;
                        },
                        answer -> answer.statusCode() == 200);
    }

    private TrustPolicy trusted() {
        return TrustPolicy.FIRST_USE.withLog(log.key());
    }

    private static void assertValid(ReceiptVerifier verifier, String file) {
        Verdict verdict = verifier.verify(file.getBytes(UTF_8));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
    }

    private static String path(String id) {
        return "/v1/consents/" + id + "/receipt";
    }
}
