// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.receipt.Check.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
    private static final NoteSigner ONE = SampleLog.witness("one.example/w");
    private static final NoteSigner TWO = SampleLog.witness("two.example/w");
    private static final NoteSigner THREE = SampleLog.witness("three.example/w");
    private static final NoteSigner FOUR = SampleLog.witness("four.example/w");
    private final String logKey = NoteSigner.parse(SampleLog.SKEY).verifier().vkey();
    private final String known =
            """
            # the log, and who watches it
            log LOG https://example.com/log
            witness w1 ONE
            \twitness\tw2\tTWO\thttps://two.example
            witness w3 THREE
            """
                    .replace("LOG", logKey)
                    .replace("ONE", ONE.verifier().vkey())
                    .replace("TWO", TWO.verifier().vkey())
                    .replace("THREE", THREE.verifier().vkey());

    TrustPolicyTest() throws NoteException {}

    @Test
    void quorum_isMetByEnoughWitnesses() throws Exception {
        expect("quorum none", 0, List.of());
        expect("quorum none", 0, List.of(ONE));
        expect("quorum w1", 0, List.of(ONE));
        expect("quorum w1", 3, List.of(TWO));
        expect("group g any w1 w2 w3\nquorum g", 0, List.of(THREE));
        expect("group g any w1 w2 w3\nquorum g", 3, List.of());
        expect("group g 2 w1 w2 w3\nquorum g", 0, List.of(ONE, THREE));
        expect("group g 2 w1 w2 w3\nquorum g", 3, List.of(ONE));
        expect("group g 2 w1 w2 w3\nquorum g", 3, List.of(ONE, ONE, ONE));
        expect("group g all w1 w2\ngroup h any g w3\nquorum h", 3, List.of(TWO));
        expect("group g all w1 w2\ngroup h any g w3\nquorum h", 0, List.of(ONE, TWO));
        expect("group g all w1 w2\ngroup h any g w3\nquorum h", 0, List.of(THREE));
    }

    @Test
    void url_ofAWitnessIsKept() throws Exception {
        TrustPolicy trust = parse(known + "quorum none\n");
        assertThat(trust.witnessUrls())
                .containsExactly(entry(TWO.verifier(), "https://two.example"));
        assertThat(trust.withLog(trust.logs().getFirst()).witnessUrls())
                .isEqualTo(trust.witnessUrls());
    }

    @Test
    void level_countsTheWitnessesThatVouch() throws Exception {
        TrustPolicy trust = parse(known + "group g all w1 w2\nquorum g\n");
        Verdict verdict = verify(trust, List.of(ONE, THREE));
        assertThat(verdict.level()).isEqualTo("witnessed 2/3");
        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.exitCode()).isEqualTo(3);
        assertThat(verify(trust, List.of()).level()).isEqualTo("operator-signed");
    }

    @Test
    void falseCosignature_isInvalid() throws Exception {
        TrustPolicy trust = parse(known + "quorum none\n");
        String receipt = receipt(List.of(ONE));
        int end = receipt.lastIndexOf('\n');
        char last = receipt.charAt(end - 4);
        String damaged =
                receipt.substring(0, end - 4)
                        + (last == 'A' ? 'B' : 'A')
                        + receipt.substring(end - 3);
        Verdict verdict = new ReceiptVerifier(trust).verify(damaged.getBytes(UTF_8));
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.checks().getLast().step()).isEqualTo(Step.WITNESSES);
        assertThat(verdict.checks().get(1).result()).isEqualTo(Result.PASSED);
    }

    @Test
    void artefactUnderAnUnwitnessedCheckpoint_isBelowTheDemand() throws Exception {
        SampleLog unwitnessed = new SampleLog();
        SampleLog witnessed = new SampleLog(ONE);
        JsonObject artefact = SampleLog.artefact();
        JsonObject record = SampleLog.record(1);
        unwitnessed.add(Entry.Type.ARTEFACT, artefact);
        witnessed.add(Entry.Type.ARTEFACT, artefact);
        LoggedDocument early = unwitnessed.logged(artefact, 0);
        witnessed.addRecord(record);
        ProofBundle bundle = witnessed.bundle(record, 1, artefact, 0);
        ReceiptVerifier verifier = new ReceiptVerifier(parse(known + "quorum w1\n"));
        assertThat(verifier.verify(CanonicalJson.write(bundle.json())).exitCode()).isZero();
        ProofBundle other =
                new ProofBundle(
                        record, bundle.receipt(), early, bundle.vkey(), bundle.consistency());
        Verdict verdict = verifier.verify(CanonicalJson.write(other.json()));
        assertThat(verdict.exitCode()).isEqualTo(3);
        assertThat(verdict.level()).isEqualTo("operator-signed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum",
                "quorum w1 w2",
                "quorum w4",
                "quorum none\nquorum none",
                "quorum g\ngroup g any w1",
                "group g 0 w1\nquorum g",
                "group g 2 w1\nquorum g",
                "group g -1 w1\nquorum g",
                "group g 01 w1\nquorum g",
                "group g 99999999999 w1\nquorum g",
                "group g some w1\nquorum g",
                "group g any\nquorum g",
                "group g any w1 w1\nquorum g",
                "group g any w1\ngroup h any w1\nquorum h",
                "group g any g\nquorum g",
                "group g any none\nquorum g",
                "group none any w1\nquorum none",
                "group w1 any w2\nquorum w1",
                "log\nquorum none",
                "log LOG\nquorum none",
                "log ONE\nquorum none",
                "witness w4 LOG\nquorum none",
                "witness w4 ONE\nquorum none",
                "witness w4\nquorum none",
                "witness none FOUR\nquorum none",
                "witness w1 FOUR\nquorum none",
                "witness w4 FOUR url more\nquorum none",
                "trust everybody\nquorum none",
                "Quorum none",
                "quorum none\u0000",
                "quorum none\r",
                "quorum\u00a0none",
            })
    void parse_refuses(String rest) {
        String policy =
                known
                        + rest.replace("LOG", logKey)
                                .replace("ONE", ONE.verifier().vkey())
                                .replace("FOUR", FOUR.verifier().vkey())
                        + "\n";
        assertThatThrownBy(() -> parse(policy))
                .isInstanceOf(TrustPolicyException.class)
                .hasMessageStartingWith("line ");
    }

    @Test
    void parse_refusesBadUtf8AndTooMuch() {
        byte[] bad = {'#', (byte) 0xff, '\n'};
        byte[] large = ("quorum none\n" + "#".repeat(65_536)).getBytes(UTF_8);
        for (byte[] policy : List.of(bad, large)) {
            assertThatThrownBy(() -> TrustPolicy.parse(policy))
                    .isInstanceOf(TrustPolicyException.class);
        }
    }

    private void expect(String rest, int exitCode, List<NoteSigner> cosigners) throws Exception {
        TrustPolicy trust = parse(known + rest + "\n");
        assertThat(trust.logs()).hasSize(1);
        assertThat(trust.witnesses()).hasSize(3);
        assertThat(verify(trust, cosigners).exitCode()).as(rest).isEqualTo(exitCode);
    }

    private static Verdict verify(TrustPolicy trust, List<NoteSigner> cosigners)
            throws NoteException {
        return new ReceiptVerifier(trust).verify(receipt(cosigners).getBytes(UTF_8));
    }

    private static String receipt(List<NoteSigner> cosigners) throws NoteException {
        SampleLog log = new SampleLog(cosigners.toArray(new NoteSigner[0]));
        int index = log.addRecord(SampleLog.record(1));
        return log.receipt(SampleLog.record(1), index, log.size()).format();
    }

    private static TrustPolicy parse(String policy) throws TrustPolicyException {
        return TrustPolicy.parse(policy.getBytes(UTF_8));
    }
}
