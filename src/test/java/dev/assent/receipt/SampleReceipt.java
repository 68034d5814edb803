// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.receipt.Check.Result;
import java.util.Optional;

/** One record of a sample log, its receipt and its bundle, and what the verifier says of them. */
final class SampleReceipt {
    final SampleLog log = new SampleLog();
    final JsonObject artefact = SampleLog.artefact();
    final JsonObject record = SampleLog.record(48213);
    final int artefactIndex = log.add(Entry.Type.ARTEFACT, artefact);
    final int index = log.addRecord(record);

    private final TrustPolicy trust = TrustPolicy.FIRST_USE.withLog(log.key.verifier());
    private final ReceiptVerifier verifier = new ReceiptVerifier(trust);

    /** Trusting the log's key, with some more records after this one. */
    SampleReceipt() throws NoteException {
        for (int seq = 48214; seq < 48220; seq++) {
            log.addRecord(SampleLog.record(seq));
        }
    }

    Receipt receipt() {
        return log.receipt(record, index, log.size());
    }

    /** The same path under another checkpoint. */
    String receipt(Note checkpoint) {
        return Receipt.of(
                        SampleLog.salt(),
                        CanonicalJson.write(record),
                        receipt().proof().inclusion(log.size()),
                        checkpoint)
                .format();
    }

    ProofBundle bundle() {
        return log.bundle(record, index, artefact, artefactIndex);
    }

    Verdict verify(byte[] file) {
        return verifier.verify(file);
    }

    Verdict verify(String file) {
        return verify(file.getBytes(UTF_8));
    }

    /** By somebody who has kept a checkpoint. */
    Verdict verifySince(Note kept, ProofBundle bundle) {
        return new ReceiptVerifier(trust, Optional.of(kept)).verify(bytes(bundle));
    }

    /** The step at which a file that must be refused is. */
    Step failed(byte[] file) {
        return failedStep(verify(file));
    }

    Step failed(String file) {
        return failed(file.getBytes(UTF_8));
    }

    Step failed(JsonObject bundle) {
        return failed(CanonicalJson.write(bundle));
    }

    static Step failedStep(Verdict verdict) {
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.checks().getLast().result()).isEqualTo(Result.FAILED);
        return verdict.checks().getLast().step();
    }

    static byte[] bytes(ProofBundle bundle) {
        return CanonicalJson.write(bundle.json());
    }

    static byte[] bytes(Receipt receipt) {
        return receipt.format().getBytes(UTF_8);
    }

    static String text(ProofBundle bundle) {
        return CanonicalJson.writeText(bundle.json());
    }
}
