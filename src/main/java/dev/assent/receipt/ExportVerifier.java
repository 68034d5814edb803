// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;
import dev.assent.merkle.InvalidProofException;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.TlogProof;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Checks an export as a whole: one {@link ProofBundle} or {@link Tombstone} a line, in the order of
 * the site's numbers, none missing. Memory does not grow with the export.
 *
 * <p>Where no key is known, the one that the first line brings is trusted for all the others.
 */
public final class ExportVerifier {
    private static final String FROM_HERE_ON =
            "an export does not show whether more records came before or after its own";

    private final TrustPolicy trust;
    private final Optional<Note> since;
    private final LongConsumer progress;
    private final SignedCheckpoints checkpoints;
    private final ExportFindings findings;
    private final Sequence sequence = new Sequence();
    private Keys keys;

    /**
     * @param trust {@link TrustPolicy#FIRST_USE} if no key is known
     * @param since a checkpoint of the log that was kept earlier
     * @param progress told the number of each line that is done
     */
    public ExportVerifier(TrustPolicy trust, Optional<Note> since, LongConsumer progress) {
        this.trust = trust;
        this.since = since;
        this.progress = progress;
        this.checkpoints = new SignedCheckpoints(trust);
        this.findings = new ExportFindings(trust.witnesses().size());
        this.keys = Keys.of(trust);
    }

    /**
     * Verifies all lines, also those after one that fails. For one export only.
     *
     * @param export NDJSON, UTF-8
     * @throws IOException if the export cannot be read
     */
    public Verdict verify(InputStream export) throws IOException {
        Lines lines = new Lines(export, ProofBundle.MAX_BYTES);
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            try {
                verifyLine(line.get());
            } catch (Refusal e) {
                findings.add(e.checkInLine(lines.number()));
            }
            progress.accept(lines.number());
        }
        return findings.verdict(sequence.summary(), notes());
    }

    private void verifyLine(byte[] line) throws Refusal {
        try {
            JsonObject json = CanonicalJson.parseObject(line, ProofBundle.MAX_BYTES);
            if (json.text("type").equals(Tombstone.TYPE)) {
                verify(Tombstone.parse(json));
            } else {
                verify(ProofBundle.parse(json));
            }
        } catch (NoteException e) {
            throw new Refusal(Step.PARSE, e.getMessage());
        } catch (JsonException e) {
            throw Verification.refusal(Step.PARSE, e);
        }
    }

    private void verify(ProofBundle bundle) throws Refusal, NoteException, JsonException {
        trustOnFirstUse(bundle.vkey());
        Verification verification = Verification.of(trust, checkpoints, bundle, keys);
        JsonObject record = verification.run(since);
        findings.addRecord(verification.checks(), verification.cosigned());
        sequence.take(record.text("site"), record.integer("seq"), verification.index());
    }

    private void verify(Tombstone tombstone) throws Refusal, NoteException, JsonException {
        trustOnFirstUse(tombstone.vkey());
        if (!tombstone.isStated()) {
            throw new Refusal(Step.COMMITMENT, "no statement of erasure for this record");
        }
        TlogProof proof = tombstone.erasure().parseProof();
        Checkpoint checkpoint = checkpoints.open(proof.checkpoint(), keys.logs()).checkpoint();
        Hash leafHash = new Entry(Entry.Type.ERASURE, tombstone.erasure().hash()).leafHash();
        try {
            proof.inclusion(checkpoint.size()).verify(leafHash, checkpoint.root());
        } catch (InvalidProofException e) {
            throw new Refusal(Step.INCLUSION, e.getMessage());
        }
        if (proof.index() <= tombstone.index()) {
            throw new Refusal(Step.INCLUSION, "erased before it was recorded");
        }
        findings.addTombstone();
        sequence.take(tombstone.site(), tombstone.seq(), tombstone.index());
    }

    private void trustOnFirstUse(String vkey) throws NoteException {
        NoteVerifier sent = Keys.of(TrustPolicy.FIRST_USE, vkey).logs().getFirst();
        if (keys.logs().isEmpty()) {
            keys = new Keys(List.of(sent), true);
        }
    }

    private List<String> notes() {
        return keys.firstUse()
                ? List.of(ReceiptVerifier.FIRST_USE, FROM_HERE_ON, ReceiptVerifier.LIMITS)
                : List.of(FROM_HERE_ON, ReceiptVerifier.LIMITS);
    }
}
