// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.account.Isolation;
import dev.assent.account.Refusal;
import dev.assent.consent.ConsentRecord;
import dev.assent.consent.Receipts;
import dev.assent.consent.SiteRecords;
import dev.assent.log.LogProofs;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Check;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.ProofBundle;
import dev.assent.receipt.Quorum;
import dev.assent.receipt.Receipt;
import dev.assent.receipt.ReceiptVerifier;
import dev.assent.receipt.Step;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what an auditor brings for one record: a receipt, a proof bundle, or the record's id. */
@Singleton
final class Evidence {
    private static final int MAX_LENGTH = ProofBundle.MAX_BYTES;
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,15}");

    private final SiteRecords records;
    private final Receipts receipts;
    private final LogProofs log;
    private final Isolation isolation;

    Evidence(SiteRecords records, Receipts receipts, LogProofs log, Isolation isolation) {
        this.records = records;
        this.receipts = receipts;
        this.log = log;
        this.isolation = isolation;
    }

    /**
     * A record, proven.
     *
     * @param seq its number
     * @param index of its entry in the log
     */
    record Proven(long seq, long index) {}

    /** The keys of this very log, which all that it has signed is held against. */
    TrustPolicy trust() {
        List<NoteVerifier> keys = new ArrayList<>();
        for (String vkey : log.vkeys()) {
            try {
                keys.add(NoteVerifier.parse(vkey, SignatureType.ED25519));
            } catch (NoteException e) {
                throw new IllegalStateException("a stored key is none", e);
            }
        }
        return new TrustPolicy(keys, List.of(), Quorum.NONE);
    }

    /**
     * Reads what stands in {@code field}, and verifies it.
     *
     * @throws Refusal if it is nothing of this site that this log has proven
     */
    Proven read(AuditScope scope, String field, String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            throw new Refusal(field, "Paste a receipt or a proof bundle, or give a record’s id.");
        }
        if (ID.matcher(text).matches() || NUMBER.matcher(text).matches()) {
            return verify(scope, field, stored(scope, field, text));
        }
        // A receipt's last line has an end, which a field of a form loses.
        String file = typed.replace("\r\n", "\n").strip() + "\n";
        if (file.length() > MAX_LENGTH) {
            throw new Refusal(field, "That is longer than a receipt or a proof bundle can be.");
        }
        return verify(scope, field, file.getBytes(UTF_8));
    }

    private byte[] stored(AuditScope scope, String field, String text) {
        return isolation
                .within(scope.site().organizationId(), () -> find(scope, text))
                .map(record ->
                        receipts.receipt(record)
                                .orElseThrow(() ->
                                        new Refusal(
                                                field,
                                                "No signed checkpoint covers this record yet. That"
                                                        + " takes a second or so.")))
                .map(receipt -> receipt.format().getBytes(UTF_8))
                .orElseThrow(() ->
                        new Refusal(
                                field,
                                "This site has no such record. If it was erased, a receipt that you"
                                        + " kept still shows its number."));
    }

    private Optional<ConsentRecord> find(AuditScope scope, String text) {
        return NUMBER.matcher(text).matches()
                ? records.find(scope.site(), Long.parseLong(text))
                : records.find(scope.site(), text);
    }

    private Proven verify(AuditScope scope, String field, byte[] file) {
        Verdict verdict = new ReceiptVerifier(trust()).verify(file);
        if (!verdict.ok()) {
            throw new Refusal(field, words(verdict.checks().getLast()));
        }
        try {
            Receipt receipt = receipt(file);
            JsonObject record = receipt.record();
            if (!record.text("site").equals(scope.site().siteKey())) {
                throw new Refusal(
                        field, "This is valid, but of another site: " + record.text("site") + ".");
            }
            return new Proven(record.integer("seq"), receipt.proof().index());
        } catch (JsonException | NoteException e) {
            throw new Refusal(field, "This cannot be read as a receipt of a record.");
        }
    }

    private static Receipt receipt(byte[] file) throws JsonException, NoteException {
        if (file[0] != '{') {
            return Receipt.parse(file);
        }
        JsonObject json = CanonicalJson.parseObject(file, ProofBundle.MAX_BYTES);
        return Receipt.parse(json.text("receipt"));
    }

    private static String words(Check failed) {
        if (failed.step() == Step.PARSE) {
            return "This is no receipt, no proof bundle and no record’s id: "
                    + failed.detail()
                    + ".";
        }
        if (failed.step() == Step.SIGNATURE) {
            return "This log has not signed it: it comes from another log, or was changed ("
                    + failed.detail()
                    + ").";
        }
        return "It is not valid. Step %d, %s: %s."
                .formatted(failed.step().number(), failed.step().word(), failed.detail());
    }
}
