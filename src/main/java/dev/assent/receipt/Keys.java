// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import java.util.List;

/**
 * The logs' keys that a file is checked with.
 *
 * @param firstUse whether the key came with the file itself, and nobody vouches for it
 */
record Keys(List<NoteVerifier> logs, boolean firstUse) {
    /** Those of the trust file; if it names none, the one that came with the file. */
    static Keys of(TrustPolicy trust, String vkey) throws NoteException {
        NoteVerifier sent = NoteVerifier.parse(vkey, SignatureType.ED25519);
        return trust.logs().isEmpty() ? new Keys(List.of(sent), true) : of(trust);
    }

    static Keys of(TrustPolicy trust) {
        return new Keys(trust.logs(), false);
    }
}
