// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Hash;
import dev.assent.merkle.InvalidProofException;
import dev.assent.note.AddCheckpoint;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSignature;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One log that is watched, and the checkpoint of it that was cosigned last. It never grows smaller
 * and never has two roots for one size.
 *
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-witness/v1.0.0/tlog-witness.md">C2SP
 *     tlog-witness 1.0.0</a>
 */
final class WitnessedLog {
    /** So that what is stored of a request can always be read again. */
    private static final int MAX_TEXT = 16 * 1024;

    private final String origin;
    private final List<NoteVerifier> keys;
    private final NoteSigner signer;
    private final StateFolder folder;
    private Checkpoint last;
    private boolean forked;

    /**
     * @param keys of this origin, at least one; several while the log changes its key
     * @throws WitnessException if what is stored of this log is damaged
     */
    WitnessedLog(Collection<NoteVerifier> keys, NoteSigner signer, StateFolder folder)
            throws WitnessException, IOException {
        this.keys = List.copyOf(keys);
        this.origin = this.keys.getFirst().name();
        this.signer = signer;
        this.folder = folder;
        this.last =
                folder.checkpoint(origin, signer.verifier())
                        .orElse(new Checkpoint(origin, 0, Hash.EMPTY_ROOT));
        this.forked = folder.hasFork(origin);
    }

    String origin() {
        return origin;
    }

    /** The checkpoint cosigned last; of size 0 if there is none. */
    synchronized Checkpoint last() {
        return last;
    }

    /** Whether the log has signed two roots for one size; the proof lies in the folder. */
    synchronized boolean isForked() {
        return forked;
    }

    /**
     * Cosigns a checkpoint of this log, or says why not. One request at a time from here to the
     * end: between the look at the last checkpoint and its replacement there must be no other.
     *
     * @param checkpoint the text of the request's note
     * @throws IOException if it could not be stored; then nothing was cosigned
     */
    synchronized Answer add(AddCheckpoint request, Checkpoint checkpoint) throws IOException {
        Note signed;
        try {
            signed = signedByTheLog(request.checkpoint());
        } catch (NoteException e) {
            return Answer.refused(403, e.getMessage());
        }
        if (request.checkpoint().text().length() > MAX_TEXT) {
            return Answer.refused(400, "a checkpoint has at most " + MAX_TEXT + " characters");
        }
        if (request.oldSize() > checkpoint.size()) {
            return Answer.refused(400, "the old size is larger than the checkpoint's");
        }
        if (request.oldSize() != last.size()) {
            return Answer.conflict(last.size());
        }
        if (checkpoint.size() == last.size() && !checkpoint.root().equals(last.root())) {
            keepFork(signed);
            return Answer.conflict(last.size());
        }
        try {
            new ConsistencyProof(last.size(), checkpoint.size(), request.proof())
                    .verify(last.root(), checkpoint.root());
        } catch (InvalidProofException e) {
            return Answer.refused(422, e.getMessage());
        }
        return cosign(signed, checkpoint);
    }

    /**
     * Signs, stores, and only then lets the signature go. A crash before the store is complete
     * leaves the earlier checkpoint, and a signature that nobody has seen; a crash after it leaves
     * the new one, and the log asks again.
     */
    private Answer cosign(Note signed, Checkpoint checkpoint) throws IOException {
        NoteSignature line = signer.sign(signed.text());
        if (checkpoint.size() != last.size()) {
            folder.keep(origin, signed.with(line));
            last = checkpoint;
        }
        return Answer.cosigned(line);
    }

    /** Without the lines that nobody here can check. */
    private Note signedByTheLog(Note note) throws NoteException {
        return new Note(note.text(), new ArrayList<>(note.verify(keys).values()));
    }

    /** Two signed roots for one size: the first such proof is kept for whoever asks. */
    private void keepFork(Note signed) throws IOException {
        if (!forked) {
            folder.keepFork(origin, signed);
            forked = true;
        }
    }
}
