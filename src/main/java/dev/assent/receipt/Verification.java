// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Hash;
import dev.assent.merkle.InvalidProofException;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.TlogProof;
import dev.assent.receipt.Check.Result;
import dev.assent.receipt.ProofBundle.Consistency;
import dev.assent.receipt.SignedCheckpoints.Signed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One receipt on its way through steps 2 to 8 of formats §8. */
final class Verification {
    private final TrustPolicy trust;
    private final SignedCheckpoints checkpoints;
    private final Receipt receipt;
    private final Optional<ProofBundle> bundle;
    private final Keys keys;
    private final List<Check> checks = new ArrayList<>();
    private int cosigned;

    private Verification(
            TrustPolicy trust,
            SignedCheckpoints checkpoints,
            Receipt receipt,
            Optional<ProofBundle> bundle,
            Keys keys) {
        this.trust = trust;
        this.checkpoints = checkpoints;
        this.receipt = receipt;
        this.bundle = bundle;
        this.keys = keys;
    }

    static Verification of(
            TrustPolicy trust, SignedCheckpoints checkpoints, Receipt receipt, Keys keys) {
        return new Verification(trust, checkpoints, receipt, Optional.empty(), keys);
    }

    static Verification of(
            TrustPolicy trust, SignedCheckpoints checkpoints, ProofBundle bundle, Keys keys)
            throws NoteException, JsonException {
        Receipt receipt = Receipt.parse(bundle.receipt());
        return new Verification(trust, checkpoints, receipt, Optional.of(bundle), keys);
    }

    /** Whether nobody vouches for the key but the file. */
    boolean isOnFirstUse() {
        return keys.firstUse();
    }

    /** What came of the steps so far. */
    List<Check> checks() {
        return checks;
    }

    /** The number of the record's entry in the log, as the receipt claims. */
    long index() {
        return receipt.proof().index();
    }

    /** How many witnesses vouch for all that was checked. */
    int cosigned() {
        return cosigned;
    }

    /**
     * Takes the steps, one after the other.
     *
     * @return the record, verified
     * @throws Refusal at the first step that fails
     */
    JsonObject run(Optional<Note> since) throws Refusal {
        Signed signed = checkpoints.open(receipt.proof().checkpoint(), keys.logs());
        Checkpoint checkpoint = signed.checkpoint();
        pass(Step.SIGNATURE, checkpoint.origin() + ", " + checkpoint.size() + " entries");
        witnesses(signed.cosigned());
        JsonObject record = commitment();
        include(Step.INCLUSION, receipt.proof(), receipt.leafHash(), checkpoint);
        pass(Step.INCLUSION, "entry " + receipt.proof().index());
        if (bundle.isPresent()) {
            artefact(record, bundle.get().artefact(), signed);
            rules(record, bundle.get().artefact().document());
        } else {
            skip(Step.ARTEFACT, "a receipt alone: it has no artefact");
            skip(Step.RULES, "a receipt alone: it has no artefact");
        }
        consistency(checkpoint, since);
        return record;
    }

    /** 3. Witness cosignatures and quorum, if the trust file asks for them. */
    private void witnesses(Set<NoteVerifier> vouching) {
        cosigned = vouching.size();
        if (trust.witnesses().isEmpty()) {
            skip(Step.WITNESSES, "no trust file names witnesses");
        } else if (trust.quorum().isMetBy(vouching)) {
            pass(Step.WITNESSES, cosigned + " of " + trust.witnesses().size());
        } else {
            below(Step.WITNESSES, "only " + cosigned + " of " + trust.witnesses().size());
        }
    }

    /** 4. Commitment from salt and record; the record's bytes must be canonical. */
    private JsonObject commitment() throws Refusal {
        try {
            JsonObject record = receipt.record();
            if (record.integer("v") != 1) {
                throw new Refusal(Step.COMMITMENT, "a record of another version than 1");
            }
            if (bundle.isPresent() && !bundle.get().record().equals(record)) {
                throw new Refusal(Step.COMMITMENT, "the bundle shows another record");
            }
            pass(
                    Step.COMMITMENT,
                    "record " + record.integer("seq") + " of site " + record.text("site"));
            return record;
        } catch (JsonException e) {
            throw refusal(Step.COMMITMENT, e);
        }
    }

    /** 6. Artefact hash, its inclusion, and its index before the record's. */
    private void artefact(JsonObject record, LoggedDocument artefact, Signed ofRecord)
            throws Refusal {
        try {
            Hash hash = artefact.hash();
            if (!hash.hex().equals(record.text("policy", "sha256"))) {
                throw new Refusal(Step.ARTEFACT, "the artefact is not the one that was agreed to");
            }
            TlogProof proof = artefact.parseProof();
            Signed signed = openAs(Step.ARTEFACT, proof.checkpoint());
            requireSameLog(signed.checkpoint(), ofRecord.checkpoint());
            Hash leafHash = new Entry(Entry.Type.ARTEFACT, hash).leafHash();
            include(Step.ARTEFACT, proof, leafHash, signed.checkpoint());
            if (proof.index() >= receipt.proof().index()) {
                throw new Refusal(Step.ARTEFACT, "the artefact was logged after the record");
            }
            vouchFor(proof, signed, ofRecord);
        } catch (NoteException e) {
            throw new Refusal(Step.ARTEFACT, e.getMessage());
        } catch (JsonException e) {
            throw refusal(Step.ARTEFACT, e);
        }
    }

    /** 7. The record against the artefact. */
    private void rules(JsonObject record, JsonObject artefact) throws Refusal {
        try {
            new RecordRules(record, artefact).check();
            pass(Step.RULES, "version " + record.integer("policy", "version"));
        } catch (JsonException e) {
            throw refusal(Step.RULES, e);
        }
    }

    /** Under a checkpoint of its own the artefact needs its own witnesses. */
    private void vouchFor(TlogProof proof, Signed signed, Signed ofRecord) throws Refusal {
        Set<NoteVerifier> vouching = cosignedAs(Step.ARTEFACT, signed, ofRecord);
        cosigned = Math.min(cosigned, vouching.size());
        if (trust.quorum().isMetBy(vouching)) {
            pass(Step.ARTEFACT, "entry " + proof.index());
        } else {
            below(Step.ARTEFACT, "only " + vouching.size() + " saw the artefact's checkpoint");
        }
    }

    /** 8. Consistency with a checkpoint kept earlier, if given. */
    private void consistency(Checkpoint checkpoint, Optional<Note> since) throws Refusal {
        if (since.isEmpty()) {
            skip(Step.CONSISTENCY, "no checkpoint kept earlier was given");
            return;
        }
        Checkpoint kept = openAs(Step.CONSISTENCY, since.get()).checkpoint();
        requireSameOrigin(Step.CONSISTENCY, kept, checkpoint);
        boolean grown = kept.size() <= checkpoint.size();
        Checkpoint first = grown ? kept : checkpoint;
        Checkpoint second = grown ? checkpoint : kept;
        try {
            proofBetween(first.size(), second.size()).verify(first.root(), second.root());
        } catch (InvalidProofException e) {
            throw new Refusal(Step.CONSISTENCY, e.getMessage());
        }
        pass(Step.CONSISTENCY, "from " + first.size() + " to " + second.size() + " entries");
    }

    private ConsistencyProof proofBetween(long first, long second) throws Refusal {
        if (first == 0 || first == second) {
            return new ConsistencyProof(first, second, List.of());
        }
        Optional<Consistency> proof =
                bundle.flatMap(ProofBundle::consistency).filter(p -> p.first() == first);
        if (proof.isEmpty()) {
            throw new Refusal(
                    Step.CONSISTENCY, "the file has no proof from size " + first + " to " + second);
        }
        return proof.get().to(second);
    }

    /** 5. Inclusion, RFC 9162 §2.1.3.2 step by step. */
    private static void include(Step step, TlogProof proof, Hash leafHash, Checkpoint checkpoint)
            throws Refusal {
        try {
            proof.inclusion(checkpoint.size()).verify(leafHash, checkpoint.root());
        } catch (InvalidProofException e) {
            throw new Refusal(step, e.getMessage());
        }
    }

    private Signed openAs(Step step, Note note) throws Refusal {
        try {
            return checkpoints.open(note, keys.logs());
        } catch (Refusal e) {
            throw e.as(step);
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
        requireSameOrigin(Step.ARTEFACT, artefact, record);
        if (artefact.size() == record.size() && !artefact.root().equals(record.root())) {
            throw new Refusal(Step.ARTEFACT, "two roots for one size: the log has forked");
        }
    }

    private static void requireSameOrigin(Step step, Checkpoint one, Checkpoint other)
            throws Refusal {
        if (!one.origin().equals(other.origin())) {
            throw new Refusal(step, "a checkpoint of another log");
        }
    }

    static Refusal refusal(Step step, JsonException e) {
        return new Refusal(
                step, e.pointer().isEmpty() ? e.getMessage() : e.pointer() + ": " + e.getMessage());
    }

    private void pass(Step step, String detail) {
        checks.add(new Check(step, Result.PASSED, detail));
    }

    private void below(Step step, String detail) {
        checks.add(new Check(step, Result.BELOW, detail));
    }

    private void skip(Step step, String detail) {
        checks.add(new Check(step, Result.SKIPPED, detail));
    }
}
