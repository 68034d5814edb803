// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.InvalidProofException;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteVerifier;
import dev.assent.receipt.ProofBundle.Consistency;
import dev.assent.receipt.SignedCheckpoints.Signed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps about a checkpoint, whatever lies under it: a record, an artefact, an erasure. */
final class CheckpointSteps {
    private final Grounds grounds;
    private final Checks checks;

    CheckpointSteps(Grounds grounds, Checks checks) {
        this.grounds = grounds;
        this.checks = checks;
    }

    /** 2 and 3. Signature, witness cosignatures and quorum. */
    Signed open(Note note) throws Refusal {
        Signed signed = grounds.checkpoints().open(note, grounds.keys().logs());
        Checkpoint checkpoint = signed.checkpoint();
        checks.pass(Step.SIGNATURE, checkpoint.origin() + ", " + checkpoint.size() + " entries");
        witnesses(signed.cosigned());
        return signed;
    }

    /** The same signature, as part of another step. */
    Signed openAs(Step step, Note note) throws Refusal {
        try {
            return grounds.checkpoints().open(note, grounds.keys().logs());
        } catch (Refusal e) {
            throw e.as(step);
        }
    }

    private void witnesses(Set<NoteVerifier> vouching) {
        int cosigned = vouching.size();
        int known = grounds.trust().witnesses().size();
        checks.vouch(cosigned);
        if (known == 0) {
            checks.skip(Step.WITNESSES, "no trust file names witnesses");
        } else if (grounds.trust().quorum().isMetBy(vouching)) {
            checks.pass(Step.WITNESSES, cosigned + " of " + known);
        } else {
            checks.below(Step.WITNESSES, "only " + cosigned + " of " + known);
        }
    }

    /** 8. No second root for a size; consistency with a checkpoint kept earlier, if given. */
    void consistency(Checkpoint checkpoint, Optional<Consistency> proof) throws Refusal {
        grounds.heads().take(checkpoint);
        if (grounds.since().isEmpty()) {
            checks.skip(Step.CONSISTENCY, "no checkpoint kept earlier was given");
            return;
        }
        Checkpoint kept = openAs(Step.CONSISTENCY, grounds.since().get()).checkpoint();
        boolean grown = kept.size() <= checkpoint.size();
        Checkpoint first = grown ? kept : checkpoint;
        Checkpoint second = grown ? checkpoint : kept;
        if (proof.isPresent() || !grounds.heads().isGrown(checkpoint)) {
            grounds.heads().take(kept);
            consistency(first, second, kept, proof);
            grounds.heads().setGrown(checkpoint);
        }
        checks.pass(Step.CONSISTENCY, "from " + first.size() + " to " + second.size() + " entries");
    }

    private static void consistency(
            Checkpoint first, Checkpoint second, Checkpoint kept, Optional<Consistency> proof)
            throws Refusal {
        try {
            proofBetween(first.size(), second.size(), proof)
                    .orElseThrow(() -> unproven(first, second, kept))
                    .verify(first.root(), second.root());
        } catch (InvalidProofException e) {
            throw new Refusal(Step.CONSISTENCY, e.getMessage());
        }
    }

    private static Optional<ConsistencyProof> proofBetween(
            long first, long second, Optional<Consistency> proof) {
        if (first == 0 || first == second) {
            return Optional.of(new ConsistencyProof(first, second, List.of()));
        }
        return proof.filter(p -> p.first() == first).map(p -> p.to(second));
    }

    /** What is fetched again lies under a newer checkpoint: its proof begins at the one kept. */
    private static Refusal unproven(Checkpoint first, Checkpoint second, Checkpoint kept) {
        return new Refusal(
                Step.CONSISTENCY,
                "the file has no proof from size %d to %d; ".formatted(first.size(), second.size())
                        + "fetch the bundle or export again with ?since="
                        + kept.size());
    }
}
