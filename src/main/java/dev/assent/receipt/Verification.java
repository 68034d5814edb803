// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.InvalidProofException;
import dev.assent.note.Checkpoint;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.TlogProof;
import dev.assent.receipt.SignedCheckpoints.Signed;
import java.util.Optional;
import java.util.Set;

/** One receipt on its way through steps 2 to 8 of formats §8. */
final class Verification implements Verifying {
    private final Grounds grounds;
    private final Receipt receipt;
    private final Optional<ProofBundle> bundle;
    private final Checks checks = new Checks();
    private final CheckpointSteps steps;

    private Verification(Grounds grounds, Receipt receipt, Optional<ProofBundle> bundle) {
        this.grounds = grounds;
        this.receipt = receipt;
        this.bundle = bundle;
        this.steps = new CheckpointSteps(grounds, checks);
    }

    static Verification of(Grounds grounds, Receipt receipt) {
        return new Verification(grounds, receipt, Optional.empty());
    }

    static Verification of(Grounds grounds, ProofBundle bundle)
            throws NoteException, JsonException {
        return new Verification(grounds, Receipt.parse(bundle.receipt()), Optional.of(bundle));
    }

    @Override
    public boolean isOnFirstUse() {
        return grounds.keys().firstUse();
    }

    @Override
    public Checks checks() {
        return checks;
    }

    /** The number of the record's entry in the log, as the receipt claims. */
    long index() {
        return receipt.proof().index();
    }

    @Override
    public void run() throws Refusal {
        verified();
    }

    /**
     * As {@link #run}.
     *
     * @return the record, verified
     */
    JsonObject verified() throws Refusal {
        Signed signed = steps.open(receipt.proof().checkpoint());
        JsonObject record = commitment();
        inclusion(signed.checkpoint());
        if (bundle.isPresent()) {
            Checkpoint ofArtefact = artefact(record, bundle.get().artefact(), signed);
            rules(record, bundle.get().artefact().document());
            grounds.heads().take(ofArtefact);
        } else {
            checks.skip(Step.ARTEFACT, "a receipt alone: it has no artefact");
            checks.skip(Step.RULES, "a receipt alone: it has no artefact");
        }
        steps.consistency(signed.checkpoint(), bundle.flatMap(ProofBundle::consistency));
        return record;
    }

    /** 4. Commitment from salt and record; the record's bytes must be canonical. */
    private JsonObject commitment() throws Refusal {
        try {
            JsonObject record = record();
            if (record.integer("v") != 1) {
                throw new Refusal(Step.COMMITMENT, "a record of another version than 1");
            }
            checks.pass(
                    Step.COMMITMENT,
                    "record " + record.integer("seq") + " of site " + record.text("site"));
            return record;
        } catch (JsonException e) {
            throw refusal(Step.COMMITMENT, e);
        }
    }

    /** Where a bundle shows the same bytes, they are canonical and need no second reading. */
    private JsonObject record() throws Refusal, JsonException {
        if (bundle.isPresent() && receipt.isOf(bundle.get().record())) {
            return bundle.get().record();
        }
        JsonObject record = receipt.record();
        if (bundle.isPresent() && record.integer("v") == 1) {
            throw new Refusal(Step.COMMITMENT, "the bundle shows another record");
        }
        return record;
    }

    /** 5. Inclusion, RFC 9162 §2.1.3.2 step by step. */
    private void inclusion(Checkpoint checkpoint) throws Refusal {
        try {
            receipt.proof()
                    .inclusion(checkpoint.size())
                    .verify(receipt.leafHash(), checkpoint.root());
            checks.pass(Step.INCLUSION, "entry " + index());
        } catch (InvalidProofException e) {
            throw new Refusal(Step.INCLUSION, e.getMessage());
        }
    }

    /** 6. Artefact hash, its inclusion, and its index before the record's. */
    private Checkpoint artefact(JsonObject record, LoggedDocument artefact, Signed ofRecord)
            throws Refusal {
        try {
            if (!artefact.hash(Entry.Type.ARTEFACT).hex().equals(record.text("policy", "sha256"))) {
                throw new Refusal(Step.ARTEFACT, "the artefact is not the one that was agreed to");
            }
            TlogProof proof = artefact.parseProof();
            Signed signed = steps.openAs(Step.ARTEFACT, proof.checkpoint());
            requireSameLog(signed.checkpoint(), ofRecord.checkpoint());
            artefact.verify(Entry.Type.ARTEFACT, signed.checkpoint());
            if (proof.index() >= index()) {
                throw new Refusal(Step.ARTEFACT, "the artefact was logged after the record");
            }
            vouchFor(proof, signed, ofRecord);
            return signed.checkpoint();
        } catch (NoteException e) {
            throw new Refusal(Step.ARTEFACT, e.getMessage());
        } catch (InvalidProofException e) {
            throw new Refusal(Step.ARTEFACT, e.getMessage());
        } catch (JsonException e) {
            throw refusal(Step.ARTEFACT, e);
        }
    }

    /** 7. The record against the artefact. */
    private void rules(JsonObject record, JsonObject artefact) throws Refusal {
        try {
            new RecordRules(record, artefact).check();
            checks.pass(Step.RULES, "version " + record.integer("policy", "version"));
        } catch (JsonException e) {
            throw refusal(Step.RULES, e);
        }
    }

    /** Under a checkpoint of its own the artefact needs its own witnesses. */
    private void vouchFor(TlogProof proof, Signed signed, Signed ofRecord) throws Refusal {
        Set<NoteVerifier> vouching = cosignedAs(Step.ARTEFACT, signed, ofRecord);
        checks.vouch(vouching.size());
        if (grounds.trust().quorum().isMetBy(vouching)) {
            checks.pass(Step.ARTEFACT, "entry " + proof.index());
        } else {
            checks.below(
                    Step.ARTEFACT, "only " + vouching.size() + " saw the artefact's checkpoint");
        }
    }

    private static Set<NoteVerifier> cosignedAs(Step step, Signed signed, Signed ofRecord)
            throws Refusal {
        if (signed.checkpoint().equals(ofRecord.checkpoint())) {
            return ofRecord.cosigned();
        }
        try {
            return signed.cosigned();
        } catch (Refusal e) {
            throw e.as(step);
        }
    }

    /** Two checkpoints of one log must not contradict each other, as far as two roots can. */
    private static void requireSameLog(Checkpoint artefact, Checkpoint record) throws Refusal {
        if (!artefact.origin().equals(record.origin())) {
            throw new Refusal(Step.ARTEFACT, "a checkpoint of another log");
        }
        if (artefact.size() == record.size() && !artefact.root().equals(record.root())) {
            throw new Refusal(Step.ARTEFACT, "two roots for one size: the log has forked");
        }
    }

    static Refusal refusal(Step step, JsonException e) {
        return new Refusal(
                step, e.pointer().isEmpty() ? e.getMessage() : e.pointer() + ": " + e.getMessage());
    }
}
