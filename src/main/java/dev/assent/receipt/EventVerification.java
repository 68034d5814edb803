// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.InvalidProofException;
import dev.assent.note.Checkpoint;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import java.util.Optional;

/**
 * What an operator did, on its way through the steps of formats §8 that concern it: 2 to 5 and 8.
 */
final class EventVerification implements Verifying {
    private final Grounds grounds;
    private final EventProof.Parsed file;
    private final TlogProof proof;
    private final Checks checks = new Checks();
    private final CheckpointSteps steps;

    EventVerification(Grounds grounds, EventProof.Parsed file) throws NoteException {
        this.grounds = grounds;
        this.file = file;
        this.proof = file.entry().parseProof();
        this.steps = new CheckpointSteps(grounds, checks);
    }

    @Override
    public boolean isOnFirstUse() {
        return grounds.keys().firstUse();
    }

    @Override
    public Checks checks() {
        return checks;
    }

    @Override
    public void run() throws Refusal {
        Checkpoint checkpoint = steps.open(proof.checkpoint()).checkpoint();
        commitment();
        inclusion(checkpoint);
        checks.skip(Step.ARTEFACT, "an operator's event: it has no artefact");
        checks.skip(Step.RULES, "an operator's event: it has no artefact");
        steps.consistency(checkpoint, Optional.empty());
    }

    /** 4. The statement must be the one that commits to this very event. */
    private void commitment() throws Refusal {
        try {
            String at = file.event().text("at");
            var event = new OperatorEvent(CanonicalJson.write(file.event()), file.salt(), at);
            if (!event.statement().equals(file.entry().document())) {
                throw new Refusal(Step.COMMITMENT, "the statement commits to another event");
            }
            checks.pass(
                    Step.COMMITMENT,
                    "event " + file.event().integer("number") + ", " + file.event().text("action"));
        } catch (JsonException e) {
            throw Verification.refusal(Step.COMMITMENT, e);
        }
    }

    /** 5. The statement's entry is under the checkpoint. */
    private void inclusion(Checkpoint checkpoint) throws Refusal {
        try {
            file.entry().verify(Entry.Type.LOG_EVENT, checkpoint);
            checks.pass(Step.INCLUSION, "entry " + proof.index());
        } catch (NoteException e) {
            throw new Refusal(Step.INCLUSION, e.getMessage());
        } catch (InvalidProofException e) {
            throw new Refusal(Step.INCLUSION, e.getMessage());
        } catch (JsonException e) {
            throw Verification.refusal(Step.INCLUSION, e);
        }
    }
}
