// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static dev.assent.receipt.SampleReceipt.bytes;
import static dev.assent.receipt.SampleReceipt.failedStep;
import static dev.assent.receipt.SampleReceipt.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import dev.assent.receipt.Check.Result;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the verifier finds whole, and against which key and which checkpoints. */
class ReceiptVerifierTest {
    private final SampleReceipt sample = new SampleReceipt();
    private final SampleLog log = sample.log;

    ReceiptVerifierTest() throws NoteException {}

    @Test
    void receipt_verifiesWithTheLogsKeyAlone() {
        Verdict verdict = sample.verify(sample.receipt().format());
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
        Verdict verdict = new ReceiptVerifier(TrustPolicy.FIRST_USE).verify(bytes(sample.bundle()));
        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.checks()).hasSize(8);
        assertThat(verdict.notes())
                .containsExactly(ReceiptVerifier.FIRST_USE, ReceiptVerifier.LIMITS);
        assertThat(sample.verify(text(sample.bundle())).notes())
                .containsExactly(ReceiptVerifier.LIMITS);
    }

    @Test
    void verdict_isJson() {
        String json = CanonicalJson.writeText(sample.verify(sample.receipt().format()).json());
        assertThat(json)
                .startsWith("{\"checks\":[{\"detail\":\"receipt\",\"name\":\"parse\",")
                .contains("\"level\":\"operator-signed\"", "\"ok\":true", "\"step\":8");
    }

    @Test
    void anotherKeyOrLog_isRefused() throws NoteException {
        String name = log.key.verifier().name();
        NoteSigner sameName = newKey(name);
        NoteSigner otherName = newKey("example.com/log/elsewhere");
        for (NoteSigner other : List.of(sameName, otherName)) {
            TrustPolicy wrong = TrustPolicy.FIRST_USE.withLog(other.verifier());
            for (String file : List.of(sample.receipt().format(), text(sample.bundle()))) {
                Verdict verdict = new ReceiptVerifier(wrong).verify(file.getBytes(UTF_8));
                assertThat(failedStep(verdict)).isEqualTo(Step.SIGNATURE);
            }
        }
        Verdict without =
                new ReceiptVerifier(TrustPolicy.FIRST_USE).verify(bytes(sample.receipt()));
        assertThat(failedStep(without)).isEqualTo(Step.SIGNATURE);
        Note old = log.checkpoint(1);
        assertThat(sample.failed(sample.receipt(old))).isEqualTo(Step.INCLUSION);
    }

    @Test
    void checkpointKeptEarlier_mustBeTheBeginningOfThisOne() {
        Note kept = log.checkpoint(3);
        assertThat(sample.verifySince(kept, log.since(3, sample.bundle())).exitCode()).isZero();
        assertThat(sample.verifySince(log.checkpoint(0), sample.bundle()).exitCode()).isZero();
        assertThat(sample.verifySince(log.checkpoint(log.size()), sample.bundle()).exitCode())
                .isZero();
        assertThat(sample.verifySince(log.checkpoint(log.size()), sample.bundle()).checks())
                .hasSize(8);
        for (ProofBundle wrong : List.of(sample.bundle(), log.since(4, sample.bundle()))) {
            assertThat(failedStep(sample.verifySince(kept, wrong))).isEqualTo(Step.CONSISTENCY);
        }
        String origin = log.key.verifier().name();
        for (int size : new int[] {3, log.size()}) {
            Note forked = Note.sign(new Checkpoint(origin, size, Hash.of()).text(), log.key);
            assertThat(failedStep(sample.verifySince(forked, log.since(3, sample.bundle()))))
                    .isEqualTo(Step.CONSISTENCY);
        }
        Note unsigned = new Note(kept.text(), List.of());
        assertThat(failedStep(sample.verifySince(unsigned, log.since(3, sample.bundle()))))
                .isEqualTo(Step.CONSISTENCY);
    }

    @Test
    void laterCheckpointKept_isReachedFromTheReceipts() {
        ProofBundle before = sample.bundle();
        int size = log.size();
        log.addRecord(SampleLog.record(1));
        log.addRecord(SampleLog.record(2));
        Note later = log.checkpoint(log.size());
        assertThat(sample.verifySince(later, log.since(size, before)).exitCode()).isZero();
        assertThat(failedStep(sample.verifySince(later, before))).isEqualTo(Step.CONSISTENCY);
    }

    private static NoteSigner newKey(String name) throws NoteException {
        return NoteSigner.parse(NoteSigner.newKey(name, SignatureType.ED25519, new SecureRandom()));
    }
}
