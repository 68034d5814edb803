// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;

/** Signs with a key that is in this process's memory. */
final class PrivateKeySigner implements NoteSigner {
    private static final String START = "PRIVATE+KEY+";

    private final NoteVerifier verifier;
    private final PrivateKey key;
    private final InstantSource clock;

    private PrivateKeySigner(NoteVerifier verifier, PrivateKey key, InstantSource clock) {
        this.verifier = verifier;
        this.key = key;
        this.clock = clock;
    }

    static PrivateKeySigner parse(String skey, SignatureType type, InstantSource clock)
            throws NoteException {
        if (!skey.startsWith(START)) {
            throw new NoteException("a private key begins with " + START);
        }
        KeyText text = KeyText.parse(skey.substring(START.length()));
        if (text.type() != type) {
            throw new NoteException("the private key is not for " + type);
        }
        KeyPair pair = Ed25519.keyPair(text.key());
        NoteVerifier verifier = NoteVerifier.of(text.name(), type, pair.getPublic());
        if (verifier.keyId() != text.id()) {
            throw new NoteException("the key's id is not that of its name and key");
        }
        return new PrivateKeySigner(verifier, pair.getPrivate(), clock);
    }

    static String format(String name, SignatureType type, byte[] seed) throws NoteException {
        NoteVerifier verifier = NoteVerifier.of(name, type, Ed25519.keyPair(seed).getPublic());
        byte[] bytes = Ed25519.join(new byte[] {type.code()}, seed);
        return START
                + name
                + "+"
                + HexFormat.of().toHexDigits(verifier.keyId())
                + "+"
                + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }

    @Override
    public NoteSignature sign(String text) {
        return NoteSignature.of(
                verifier,
                switch (verifier.type()) {
                    case ED25519 ->
                            Ed25519.sign(key, SignatureType.ED25519.message(text, new byte[0]));
                    case COSIGNATURE_V1 -> cosign(text, clock.instant().getEpochSecond());
                });
    }

    private byte[] cosign(String text, long epochSecond) {
        byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(epochSecond).array();
        return Ed25519.join(time, Ed25519.sign(key, SignatureType.cosigned(text, epochSecond)));
    }

    /** The name alone: the key is a secret. */
    @Override
    public String toString() {
        return "PrivateKeySigner[" + verifier.name() + "]";
    }
}
