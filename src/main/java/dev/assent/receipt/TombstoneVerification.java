// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.InvalidProofException;
import dev.assent.note.Checkpoint;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import dev.assent.receipt.SignedCheckpoints.Signed;

/**
 * One tombstone on its way through the steps of formats §8 that concern it: 2 to 5 and 8.
 *
 * <p>It proves that the log holds a statement of erasure that takes in the record's number. That
 * the record's entry is the one whose index is given is claimed only: what could show it, record
 * and salt, is gone.
 */
final class TombstoneVerification {
    private final Tombstone tombstone;
    private final TlogProof proof;
    private final Checks checks = new Checks();
    private final CheckpointSteps steps;

    TombstoneVerification(Grounds grounds, Tombstone tombstone) throws NoteException {
        this.tombstone = tombstone;
        this.proof = tombstone.erasure().parseProof();
        this.steps = new CheckpointSteps(grounds, checks);
    }

    /** What came of the steps so far. */
    Checks checks() {
        return checks;
    }

    /**
     * Takes the steps, one after the other.
     *
     * @throws Refusal at the first step that fails
     */
    void run() throws Refusal {
        Signed signed = steps.open(proof.checkpoint());
        statement();
        inclusion(signed.checkpoint());
        steps.consistency(signed.checkpoint(), tombstone.consistency());
    }

    /** 5. The statement is in the log, after the record. */
    private void inclusion(Checkpoint checkpoint) throws Refusal {
        try {
            tombstone.erasure().verify(Entry.Type.ERASURE, checkpoint);
        } catch (NoteException e) {
            throw new Refusal(Step.INCLUSION, e.getMessage());
        } catch (InvalidProofException e) {
            throw new Refusal(Step.INCLUSION, e.getMessage());
        } catch (JsonException e) {
            throw Verification.refusal(Step.INCLUSION, e);
        }
        if (proof.index() <= tombstone.index()) {
            throw new Refusal(Step.INCLUSION, "erased before it was recorded");
        }
        checks.pass(Step.INCLUSION, "entry " + proof.index());
    }

    /** 4. What stands in place of salt and record: the statement that they are gone. */
    private void statement() throws Refusal {
        try {
            if (!tombstone.isStated()) {
                throw new Refusal(Step.COMMITMENT, "no statement of erasure for this record");
            }
            tombstone.erasure().hash(Entry.Type.ERASURE); // refuses one that is too large
            checks.pass(Step.COMMITMENT, "record " + tombstone.seq() + " is stated to be erased");
        } catch (JsonException e) {
            throw Verification.refusal(Step.COMMITMENT, e);
        }
    }
}
