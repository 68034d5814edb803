// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import dev.assent.receipt.Check.Result;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Bool;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptVerifierTest {
    private final SampleLog log = new SampleLog();
    private final JsonObject artefact = SampleLog.artefact();
    private final JsonObject record = SampleLog.record(48213);
    private final int artefactIndex = log.add(Entry.Type.ARTEFACT, artefact);
    private final int index = log.addRecord(record);
    private final TrustPolicy trust = TrustPolicy.FIRST_USE.withLog(log.key.verifier());
    private final ReceiptVerifier verifier = new ReceiptVerifier(trust);

    ReceiptVerifierTest() throws NoteException {
        for (int seq = 48214; seq < 48220; seq++) {
            log.addRecord(SampleLog.record(seq));
        }
    }

    @Test
    void receipt_verifiesWithTheLogsKeyAlone() {
        Verdict verdict = verify(receipt().format());
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.level()).isEqualTo("operator-signed");
        assertThat(verdict.checks())
                .extracting(Check::result)
                .containsExactly(
                        Result.PASSED,
                        Result.PASSED,
                        Result.SKIPPED,
                        Result.PASSED,
                        Result.PASSED,
                        Result.SKIPPED,
                        Result.SKIPPED,
                        Result.SKIPPED);
        assertThat(verdict.notes()).containsExactly(ReceiptVerifier.LIMITS);
    }

    @Test
    void bundle_verifiesAndSaysThatItsKeyIsTrustedOnFirstUse() {
        Verdict verdict = new ReceiptVerifier(TrustPolicy.FIRST_USE).verify(bytes(bundle()));
        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.checks()).hasSize(8);
        assertThat(verdict.notes())
                .containsExactly(ReceiptVerifier.FIRST_USE, ReceiptVerifier.LIMITS);
        assertThat(verify(text(bundle())).notes()).containsExactly(ReceiptVerifier.LIMITS);
    }

    @Test
    void verdict_isJson() {
        String json = CanonicalJson.writeText(verify(receipt().format()).json());
        assertThat(json)
                .startsWith("{\"checks\":[{\"detail\":\"receipt\",\"name\":\"parse\",")
                .contains("\"level\":\"operator-signed\"", "\"ok\":true", "\"step\":8");
    }

    @Test
    void everyChangedByteOfAReceipt_isRefused() {
        byte[] receipt = receipt().format().getBytes(UTF_8);
        for (int i = 0; i < receipt.length; i++) {
            byte[] damaged = receipt.clone();
            damaged[i] ^= (byte) (1 << (i % 8));
            Verdict verdict = verifier.verify(damaged);
            assertThat(verdict.exitCode()).as("byte %d", i).isEqualTo(1);
        }
    }

    @Test
    void everyChangedByteOfABundle_isRefused() {
        byte[] bundle = bytes(bundle());
        for (int i = 0; i < bundle.length; i++) {
            byte[] damaged = bundle.clone();
            damaged[i] ^= (byte) (1 << (i % 7));
            assertThat(verifier.verify(damaged).exitCode()).as("byte %d", i).isEqualTo(1);
        }
    }

    @Test
    void everyTruncation_isRefused() {
        byte[] bundle = bytes(bundle());
        byte[] receipt = receipt().format().getBytes(UTF_8);
        for (int length = 0; length < Math.max(bundle.length, receipt.length); length++) {
            if (length < bundle.length) {
                assertThat(failed(Arrays.copyOf(bundle, length))).isEqualTo(Step.PARSE);
            }
            if (length < receipt.length) {
                byte[] shorter = Arrays.copyOf(receipt, length);
                assertThat(verifier.verify(shorter).ok()).isFalse();
            }
        }
    }

    @Test
    void garbage_isRefused() {
        byte[] large = new byte[10_000_000];
        assertThat(failed(large)).isEqualTo(Step.PARSE);
        Arrays.fill(large, (byte) '{');
        assertThat(failed(large)).isEqualTo(Step.PARSE);
        assertThat(failed(("x" + receipt().format()).getBytes(UTF_8))).isEqualTo(Step.PARSE);
        assertThat(failed("[]".getBytes(UTF_8))).isEqualTo(Step.PARSE);
        assertThat(failed("{}".getBytes(UTF_8))).isEqualTo(Step.PARSE);
        assertThat(failed(log.proof(index, log.size()).format())).isEqualTo(Step.PARSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index 1|index 01|PARSE",
                "index 1|index 2|INCLUSION",
                "index 1|index 0|INCLUSION",
                "index 1|index 9|INCLUSION",
                "index 1|index 9223372036854775807|INCLUSION",
                "index 1|index 9223372036854775808|PARSE",
                "testdata~8~|testdata~9~|SIGNATURE",
                "testdata~8~|testdata~08~|PARSE",
                "@v1|@v2|PARSE",
            })
    void changedReceipt_failsAtItsStep(String from, String to, Step step) {
        String receipt = receipt().format();
        String before = from.replace('~', '\n');
        assertThat(receipt).contains(before);
        String after = to.replace('~', '\n');
        assertThat(failed(receipt.replace(before, after))).isEqualTo(step);
    }

    @Test
    void path_withAHashDroppedDoubledOrSwapped_isRefused() {
        List<String> lines = receipt().format().lines().toList();
        for (int i = 3; i < 6; i++) {
            var dropped = new ArrayList<>(lines);
            dropped.remove(i);
            assertThat(failed(join(dropped))).isEqualTo(Step.INCLUSION);
            var doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            assertThat(failed(join(doubled))).isEqualTo(Step.INCLUSION);
            var swapped = new ArrayList<>(lines);
            Collections.swap(swapped, i, i == 5 ? 3 : i + 1);
            assertThat(failed(join(swapped))).isEqualTo(Step.INCLUSION);
        }
    }

    @Test
    void anotherKeyOrLog_isRefused() throws NoteException {
        String name = log.key.verifier().name();
        NoteSigner sameName = newKey(name);
        NoteSigner otherName = newKey("example.com/log/elsewhere");
        for (NoteSigner other : List.of(sameName, otherName)) {
            TrustPolicy wrong = TrustPolicy.FIRST_USE.withLog(other.verifier());
            for (String file : List.of(receipt().format(), text(bundle()))) {
                Verdict verdict = new ReceiptVerifier(wrong).verify(file.getBytes(UTF_8));
                assertThat(failedStep(verdict)).isEqualTo(Step.SIGNATURE);
            }
        }
        Verdict without = new ReceiptVerifier(TrustPolicy.FIRST_USE).verify(bytes(receipt()));
        assertThat(failedStep(without)).isEqualTo(Step.SIGNATURE);
        Note old = log.checkpoint(1);
        assertThat(failed(receipt(old))).isEqualTo(Step.INCLUSION);
    }

    @Test
    void otherSpellingOfTheRecord_isRefused() {
        for (String other :
                List.of(
                        CanonicalJson.writeText(record).replace("\"v\":1", "\"v\": 1"),
                        CanonicalJson.writeText(record) + "\n",
                        "{\"v\":1}",
                        "{\"v\":2}",
                        "[]",
                        "{")) {
            byte[] bytes = other.getBytes(UTF_8);
            String text =
                    Receipt.of(
                                    SampleLog.salt(),
                                    bytes,
                                    receipt().proof().inclusion(log.size()),
                                    log.checkpoint(log.size()))
                            .format();
            assertThat(failed(text)).as(other).isEqualTo(Step.COMMITMENT);
        }
        JsonObject shown = SampleLog.with(record, "seq", new Int(1));
        assertThat(failed(SampleLog.with(bundle().json(), "record", shown)))
                .isEqualTo(Step.COMMITMENT);
        JsonObject changed = SampleLog.with(record, "seq", new Int(48214));
        assertThat(failed(log.receipt(changed, index, log.size()).format()))
                .isEqualTo(Step.INCLUSION);
    }

    @Test
    void bundle_ofAnotherForm_isRefused() {
        JsonObject json = bundle().json();
        for (String key : json.keys()) {
            assertThat(failed(SampleLog.without(json, key))).isEqualTo(Step.PARSE);
            assertThat(failed(SampleLog.with(json, key, new Int(1)))).isEqualTo(Step.PARSE);
        }
        assertThat(failed(SampleLog.with(json, "more", new Int(1)))).isEqualTo(Step.PARSE);
        assertThat(failed(SampleLog.with(json, "type", new Text("assent/proof-bundle/v2"))))
                .isEqualTo(Step.PARSE);
        assertThat(failed(SampleLog.with(json, "receipt", new Text("")))).isEqualTo(Step.PARSE);
        for (String consistency :
                List.of(
                        "{\"a\":{\"first\":-1,\"path\":[]}}",
                        "{\"a\":{\"first\":1,\"path\":[1]}}",
                        "{\"a\":{\"first\":1,\"path\":[\"AA==\"]}}",
                        "{\"a\":{\"first\":1}}",
                        "{\"a\":[]}")) {
            JsonValue value = SampleLog.json(consistency).find("a").orElseThrow();
            assertThat(failed(SampleLog.with(json, "consistency", value))).isEqualTo(Step.PARSE);
        }
    }

    @Test
    void artefact_mustBeTheOneNamedAndLoggedBefore() {
        JsonObject other = SampleLog.with(artefact, "version", new Int(13));
        int otherIndex = log.add(Entry.Type.ARTEFACT, other);
        int again = log.add(Entry.Type.ARTEFACT, artefact);
        JsonObject unnamed = SampleLog.without(record, "policy");
        int unnamedIndex = log.addRecord(unnamed);
        assertThat(failed(log.bundle(unnamed, unnamedIndex, artefact, artefactIndex).json()))
                .isEqualTo(Step.ARTEFACT);
        int asRecord = log.add(Entry.Type.ERASURE, artefact);
        assertThat(failed(log.bundle(record, index, other, otherIndex).json()))
                .isEqualTo(Step.ARTEFACT);
        Verdict late = verify(text(log.bundle(record, index, artefact, again)));
        assertThat(failedStep(late)).isEqualTo(Step.ARTEFACT);
        assertThat(late.checks().getLast().detail()).contains("after the record");
        assertThat(failed(log.bundle(record, index, artefact, asRecord).json()))
                .isEqualTo(Step.ARTEFACT);
        assertThat(failed(log.bundle(record, index, artefact, index).json()))
                .isEqualTo(Step.ARTEFACT);
    }

    @Test
    void record_mustAgreeWithItsArtefact() {
        JsonObject choices = SampleLog.json("{\"analytics\":false,\"session\":true}");
        refusedByRules("choices", choices);
        refusedByRules("choices", SampleLog.with(choices, "theme", new Text("true")));
        refusedByRules(
                "choices",
                SampleLog.json(
                        "{\"ads\":false,\"analytics\":false,\"session\":true,\"theme\":true}"));
        refusedByRules(
                "choices",
                SampleLog.json("{\"analytics\":false,\"session\":false,\"theme\":true}"));
        refusedByRules("language", new Text("de"));
        refusedByRules("language", new Bool(true));
        refusedByRules("site", new Text("anotherOne"));
        refusedByRules("expiresAt", new Text("2027-02-28T10:00:03.481Z"));
        refusedByRules("expiresAt", new Text("2027-03-01T10:00:03.480Z"));
        refusedByRules("expiresAt", new Text("2027-02-28T10:00:03Z"));
        refusedByRules("recordedAt", new Text("2026-08-31T10:00:03.480+00:00"));
        refusedByRules("recordedAt", new Text("2026-08-32T10:00:03.480Z"));
        refusedByRules("recordedAt", new Text("2026-08-27T10:00:03.480Z"));
        JsonObject policy = record.members().get("policy") instanceof JsonObject p ? p : record;
        refusedByRules("policy", SampleLog.with(policy, "version", new Int(11)));
    }

    @Test
    void artefact_ofAnotherForm_isRefusedByTheRules() {
        for (JsonObject odd :
                List.of(
                        SampleLog.with(artefact, "lifetime", new Text("six months")),
                        SampleLog.with(artefact, "lifetime", new Text("P999999999Y")),
                        SampleLog.with(artefact, "purposes", new Array(List.of(new Int(1)))),
                        SampleLog.without(artefact, "texts"))) {
            int at = log.add(Entry.Type.ARTEFACT, odd);
            JsonObject under = SampleLog.record(1, odd);
            int recordAt = log.addRecord(under);
            assertThat(failed(log.bundle(under, recordAt, odd, at).json())).isEqualTo(Step.RULES);
        }
    }

    @Test
    void checkpointKeptEarlier_mustBeTheBeginningOfThisOne() {
        Note kept = log.checkpoint(3);
        assertThat(verifySince(kept, log.since(3, bundle())).exitCode()).isZero();
        assertThat(verifySince(log.checkpoint(0), bundle()).exitCode()).isZero();
        assertThat(verifySince(log.checkpoint(log.size()), bundle()).exitCode()).isZero();
        assertThat(verifySince(log.checkpoint(log.size()), bundle()).checks()).hasSize(8);
        for (ProofBundle wrong : List.of(bundle(), log.since(4, bundle()))) {
            assertThat(failedStep(verifySince(kept, wrong))).isEqualTo(Step.CONSISTENCY);
        }
        String origin = log.key.verifier().name();
        for (int size : new int[] {3, log.size()}) {
            Note forked = Note.sign(new Checkpoint(origin, size, Hash.of()).text(), log.key);
            assertThat(failedStep(verifySince(forked, log.since(3, bundle()))))
                    .isEqualTo(Step.CONSISTENCY);
        }
        Note unsigned = new Note(kept.text(), List.of());
        assertThat(failedStep(verifySince(unsigned, log.since(3, bundle()))))
                .isEqualTo(Step.CONSISTENCY);
    }

    @Test
    void laterCheckpointKept_isReachedFromTheReceipts() {
        ProofBundle before = bundle();
        int size = log.size();
        log.addRecord(SampleLog.record(1));
        log.addRecord(SampleLog.record(2));
        Note later = log.checkpoint(log.size());
        assertThat(verifySince(later, log.since(size, before)).exitCode()).isZero();
        assertThat(failedStep(verifySince(later, before))).isEqualTo(Step.CONSISTENCY);
    }

    private void refusedByRules(String key, JsonValue value) {
        JsonObject odd = SampleLog.with(record, key, value);
        int at = log.addRecord(odd);
        assertThat(failed(log.bundle(odd, at, artefact, artefactIndex).json()))
                .as("%s %s", key, value)
                .isEqualTo(Step.RULES);
    }

    private Receipt receipt() {
        return log.receipt(record, index, log.size());
    }

    private String receipt(Note checkpoint) {
        return Receipt.of(
                        SampleLog.salt(),
                        CanonicalJson.write(record),
                        receipt().proof().inclusion(log.size()),
                        checkpoint)
                .format();
    }

    private ProofBundle bundle() {
        return log.bundle(record, index, artefact, artefactIndex);
    }

    private Verdict verifySince(Note since, ProofBundle bundle) {
        return new ReceiptVerifier(trust, Optional.of(since)).verify(bytes(bundle));
    }

    private Verdict verify(String file) {
        return verifier.verify(file.getBytes(UTF_8));
    }

    private Step failed(JsonObject bundle) {
        return failed(CanonicalJson.write(bundle));
    }

    private Step failed(String file) {
        return failed(file.getBytes(UTF_8));
    }

    private Step failed(byte[] file) {
        return failedStep(verifier.verify(file));
    }

    private static Step failedStep(Verdict verdict) {
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.checks().getLast().result()).isEqualTo(Result.FAILED);
        return verdict.checks().getLast().step();
    }

    private static NoteSigner newKey(String name) throws NoteException {
        return NoteSigner.parse(NoteSigner.newKey(name, SignatureType.ED25519, new SecureRandom()));
    }

    private static byte[] bytes(ProofBundle bundle) {
        return CanonicalJson.write(bundle.json());
    }

    private static byte[] bytes(Receipt receipt) {
        return receipt.format().getBytes(UTF_8);
    }

    private static String text(ProofBundle bundle) {
        return CanonicalJson.writeText(bundle.json());
    }

    private static String join(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
