// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checkpoints whose signatures have been verified. The last few are kept, since thousands of
 * receipts in an export share one, and a signature costs more than all else.
 */
final class SignedCheckpoints {
    private static final int KEPT = 64;

    private final TrustPolicy trust;
    private final Map<Key, Signed> verified =
            new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Signed> eldest) {
                    return size() > KEPT;
                }
            };

    private record Key(Note note, List<NoteVerifier> logs) {}

    /**
     * A checkpoint that a trusted log signed.
     *
     * @param witnesses those of the trust file that vouch for it
     * @param falseWitness why a cosignature in the name of one of them is false, if one is
     */
    record Signed(
            Checkpoint checkpoint, Set<NoteVerifier> witnesses, Optional<String> falseWitness) {
        Set<NoteVerifier> cosigned() throws Refusal {
            if (falseWitness.isPresent()) {
                throw new Refusal(Step.WITNESSES, falseWitness.get());
            }
            return witnesses;
        }
    }

    SignedCheckpoints(TrustPolicy trust) {
        this.trust = trust;
    }

    /**
     * Step 2, and what step 3 needs.
     *
     * @param logs the keys to trust; those of another name than the origin are left aside
     */
    Signed open(Note note, List<NoteVerifier> logs) throws Refusal {
        Key key = new Key(note, logs);
        Signed known = verified.get(key);
        if (known == null) {
            known = sign(checkpoint(note, logs), note);
            verified.put(key, known);
        }
        return known;
    }

    private static Checkpoint checkpoint(Note note, List<NoteVerifier> logs) throws Refusal {
        Checkpoint checkpoint = parse(note);
        List<NoteVerifier> named =
                logs.stream().filter(log -> log.name().equals(checkpoint.origin())).toList();
        if (named.isEmpty()) {
            throw new Refusal(Step.SIGNATURE, "the checkpoint is of a log that is not trusted");
        }
        try {
            note.verify(named);
            return checkpoint;
        } catch (NoteException e) {
            throw new Refusal(Step.SIGNATURE, e.getMessage());
        }
    }

    private static Checkpoint parse(Note note) throws Refusal {
        try {
            return Checkpoint.parse(note.text());
        } catch (NoteException e) {
            throw new Refusal(Step.PARSE, e.getMessage());
        }
    }

    private Signed sign(Checkpoint checkpoint, Note note) {
        try {
            Set<NoteVerifier> cosigned = note.signedBy(trust.witnesses()).keySet();
            return new Signed(checkpoint, Set.copyOf(cosigned), Optional.empty());
        } catch (NoteException e) {
            return new Signed(checkpoint, Set.of(), Optional.of(e.getMessage()));
        }
    }
}
