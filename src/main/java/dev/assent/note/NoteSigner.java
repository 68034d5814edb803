// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Signs notes: with a key in memory, or one that never leaves the machine that guards it.
 *
 * <p>The private key of {@link #parse} and {@link #cosigner} is written as an skey, {@code
 * PRIVATE+KEY+name+id+base64(type ‖ seed)}, the seed being 32 bytes.
 */
public interface NoteSigner {
    /** The public half of the key. */
    NoteVerifier verifier();

    /**
     * This key's signature line for a text.
     *
     * @param text ends in a line end, as {@link Note#text()} does
     */
    NoteSignature sign(String text);

    /**
     * A log's signer from its skey.
     *
     * @throws NoteException if the skey is malformed or not of type {@link SignatureType#ED25519}
     */
    static NoteSigner parse(String skey) throws NoteException {
        return PrivateKeySigner.parse(skey, SignatureType.ED25519, InstantSource.system());
    }

    /**
     * A witness's signer from its skey; each signature states the time of {@code clock}.
     *
     * @throws NoteException if the skey is malformed or not of type {@link
     *     SignatureType#COSIGNATURE_V1}
     */
    static NoteSigner cosigner(String skey, InstantSource clock) throws NoteException {
        return PrivateKeySigner.parse(skey, SignatureType.COSIGNATURE_V1, clock);
    }

    /**
     * A new skey.
     *
     * @param name not empty, no space, no plus; for a log its origin, {@code
     *     consent.example.com/log}
     * @throws NoteException if the name is not allowed
     */
    static String newKey(String name, SignatureType type, SecureRandom random)
            throws NoteException {
        byte[] seed = new byte[Ed25519.KEY_LENGTH];
        random.nextBytes(seed);
        return PrivateKeySigner.format(name, type, seed);
    }
}
