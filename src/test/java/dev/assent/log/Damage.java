// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be wrong with a receipt that is still well-formed. */
enum Damage {
    HASH_CHANGED {
        @Override
        TlogProof to(TlogProof proof) {
            List<Hash> path = new ArrayList<>(proof.path());
            path.set(1, Hash.EMPTY_ROOT);
            return with(proof, path);
        }
    },
    HASHES_SWAPPED {
        @Override
        TlogProof to(TlogProof proof) {
            return with(proof, proof.path().reversed());
        }
    },
    FIRST_HASH_LEFT_OUT {
        @Override
        TlogProof to(TlogProof proof) {
            return with(proof, proof.path().subList(1, proof.path().size()));
        }
    },
    LAST_HASH_LEFT_OUT {
        @Override
        TlogProof to(TlogProof proof) {
            return with(proof, proof.path().subList(0, proof.path().size() - 1));
        }
    },
    LAST_HASH_DOUBLED {
        @Override
        TlogProof to(TlogProof proof) {
            List<Hash> path = new ArrayList<>(proof.path());
            path.add(path.getLast());
            return with(proof, path);
        }
    },
    INDEX_OF_ITS_NEIGHBOUR {
        @Override
        TlogProof to(TlogProof proof) {
            return new TlogProof(
                    proof.extra(), proof.index() ^ 1, proof.path(), proof.checkpoint());
        }
    },
    ANOTHER_RECORD {
        @Override
        TlogProof to(TlogProof proof) {
            return new TlogProof(
                    Optional.of("AAAA"), proof.index(), proof.path(), proof.checkpoint());
        }
    },
    ANOTHER_ROOT {
        @Override
        TlogProof to(TlogProof proof) {
            Note signed = proof.checkpoint();
            Note unsigned = new Note(otherRoot(signed).text(), signed.signatures());
            return new TlogProof(proof.extra(), proof.index(), proof.path(), unsigned);
        }
    };

    abstract TlogProof to(TlogProof proof);

    /** A checkpoint of the same log and size that says something else. */
    static Checkpoint otherRoot(Note checkpoint) {
        try {
            Checkpoint read = Checkpoint.parse(checkpoint.text());
            return new Checkpoint(read.origin(), read.size(), Hash.EMPTY_ROOT);
        } catch (NoteException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TlogProof with(TlogProof proof, List<Hash> path) {
        return new TlogProof(proof.extra(), proof.index(), path, proof.checkpoint());
    }
}
