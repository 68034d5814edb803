// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.receipt.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Checks an export as a whole: one {@link ProofBundle} or {@link Tombstone} a line, in the order of
 * the site's numbers, none missing; where a {@link Sample} stands at its head, none of those that
 * it draws. Memory does not grow with the export.
 *
 * <p>Where no key is known, the one that the first line brings is trusted for all the others. Where
 * a checkpoint was kept earlier, the first line under each checkpoint must prove that the log grew
 * from it; the others under the same checkpoint need not.
 */
public final class ExportVerifier {
    private static final String FROM_HERE_ON =
            "an export does not show whether more records came before or after its own";

    private static final String DRAWN =
            "a sample shows nothing of the records that were not drawn; whether its seed was chosen"
                    + " after the checkpoint of that size was fixed is for you to know";

    private static final String CLAIMED =
            "of an erased record only the statement of erasure is proven: the index of its entry is"
                    + " claimed, and held only against its neighbours'";

    private static final String FORGETFUL =
            "more checkpoints than the first and the last "
                    + Heads.KEPT
                    + " are remembered: a fork between two of them may have been overlooked";

    private final LongConsumer progress;
    private final ExportFindings findings;
    private final Sequence sequence = new Sequence();
    private final LineReader reader = new LineReader();
    private Grounds grounds;
    private String lastVkey = "";

    /**
     * @param trust {@link TrustPolicy#FIRST_USE} if no key is known
     * @param since a checkpoint of the log that was kept earlier
     * @param progress told the number of each line that is done
     */
    public ExportVerifier(TrustPolicy trust, Optional<Note> since, LongConsumer progress) {
        this.progress = progress;
        this.findings = new ExportFindings(trust.witnesses().size());
        this.grounds =
                new Grounds(
                        trust, new SignedCheckpoints(trust), Keys.of(trust), since, new Heads());
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
                verifyLine(line.get(), lines.number());
            } catch (Refusal e) {
                findings.add(e.checkInLine(lines.number()));
            }
            progress.accept(lines.number());
        }
        sequence.missing().ifPresent(findings::add);
        return findings.verdict(sequence.summary(), notes());
    }

    private void verifyLine(byte[] line, long number) throws Refusal {
        try {
            switch (reader.read(line)) {
                case Line.Bundle(ProofBundle bundle) -> verify(bundle);
                case Line.Erased(Tombstone tombstone) -> verify(tombstone);
                case Line.Drawn(Sample sample) -> begin(sample, number);
            }
        } catch (NoteException e) {
            throw new Refusal(Step.PARSE, e.getMessage());
        } catch (JsonException e) {
            throw Verification.refusal(Step.PARSE, e);
        }
    }

    private void begin(Sample sample, long number) throws Refusal {
        if (number != 1) {
            throw new Refusal(Step.PARSE, "a sample's head stands in the first line");
        }
        sequence.expect(sample);
    }

    private void verify(ProofBundle bundle) throws Refusal, NoteException, JsonException {
        trustOnFirstUse(bundle.vkey());
        Verification verification = Verification.of(grounds, bundle);
        JsonObject record = verification.verified();
        findings.addRecord(verification.checks());
        sequence.take(record.text("site"), record.integer("seq"), verification.index());
    }

    private void verify(Tombstone tombstone) throws Refusal, NoteException {
        trustOnFirstUse(tombstone.vkey());
        TombstoneVerification verification = new TombstoneVerification(grounds, tombstone);
        verification.run();
        findings.addTombstone(verification.checks());
        sequence.take(tombstone.site(), tombstone.seq(), tombstone.index());
    }

    /** Each line's key is read, but all lines have the same. */
    private void trustOnFirstUse(String vkey) throws NoteException {
        if (vkey.equals(lastVkey)) {
            return;
        }
        NoteVerifier sent = Keys.of(TrustPolicy.FIRST_USE, vkey).logs().getFirst();
        lastVkey = vkey;
        if (grounds.keys().logs().isEmpty()) {
            grounds = grounds.with(new Keys(List.of(sent), true));
        }
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (grounds.keys().firstUse()) {
            notes.add(ReceiptVerifier.FIRST_USE);
        }
        notes.add(sequence.isDrawn() ? DRAWN : FROM_HERE_ON);
        if (findings.hasTombstones()) {
            notes.add(CLAIMED);
        }
        if (grounds.heads().isForgetful()) {
            notes.add(FORGETFUL);
        }
        notes.add(ReceiptVerifier.LIMITS);
        return notes;
    }
}
