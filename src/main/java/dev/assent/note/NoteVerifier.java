// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that is known: its name, what it signs, and 32 bytes of Ed25519.
 *
 * <p>Written as a vkey, {@code name+id+base64(type ‖ public key)}, for example {@code
 * example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k}.
 *
 * @see <a href="https://github.com/C2SP/C2SP/blob/signed-note/v1.0.0/signed-note.md">C2SP
 *     signed-note 1.0.0</a>
 */
public final class NoteVerifier {
    private final String name;
    private final SignatureType type;
    private final byte[] bytes;
    private final PublicKey key;
    private final int keyId;

    private NoteVerifier(String name, SignatureType type, byte[] bytes) throws NoteException {
        this.name = KeyName.requireValid(name);
        this.type = type;
        this.bytes = bytes;
        this.key = Ed25519.publicKey(bytes);
        this.keyId = KeyName.id(name, type, bytes);
    }

    static NoteVerifier of(String name, SignatureType type, PublicKey key) throws NoteException {
        return new NoteVerifier(name, type, Ed25519.bytes(key));
    }

    /**
     * Reads a vkey.
     *
     * @throws NoteException if it has another form, or its id is not that of its name and key
     */
    public static NoteVerifier parse(String vkey) throws NoteException {
        KeyText text = KeyText.parse(vkey);
        NoteVerifier verifier = new NoteVerifier(text.name(), text.type(), text.key());
        if (verifier.keyId != text.id()) {
            throw new NoteException("the key's id is not that of its name and key");
        }
        return verifier;
    }

    /**
     * Reads a vkey that must be for this type of signature: {@link SignatureType#ED25519} for a
     * log, {@link SignatureType#COSIGNATURE_V1} for a witness.
     *
     * @throws NoteException as {@link #parse(String)}, or if it is for another type
     */
    public static NoteVerifier parse(String vkey, SignatureType type) throws NoteException {
        NoteVerifier verifier = parse(vkey);
        if (verifier.type != type) {
            throw new NoteException("the key is not for " + type);
        }
        return verifier;
    }

    /** The key's name; that of a log is the origin of its checkpoints. */
    public String name() {
        return name;
    }

    public SignatureType type() {
        return type;
    }

    /** The id, as a number whose first byte is the largest. */
    public int keyId() {
        return keyId;
    }

    /** The 32 bytes of the public key, as a copy. */
    public byte[] publicKey() {
        return bytes.clone();
    }

    public String vkey() {
        byte[] typed = Ed25519.join(new byte[] {type.code()}, bytes);
        return name
                + "+"
                + HexFormat.of().toHexDigits(keyId)
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether a signature line claims to be of this key. */
    boolean isNamedBy(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == keyId;
    }

    /** Whether {@code signature}, without the key's id, is this key's over the text. */
    boolean verify(String text, byte[] signature) {
        if (signature.length != type.length()) {
            return false;
        }
        if (type == SignatureType.COSIGNATURE_V1 && SignatureType.time(signature) < 0) {
            return false;
        }
        byte[] ed25519 = Arrays.copyOfRange(signature, type.ed25519Offset(), signature.length);
        return Ed25519.verify(key, type.message(text, signature), ed25519);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteVerifier verifier
                && name.equals(verifier.name)
                && type == verifier.type
                && Arrays.equals(bytes, verifier.bytes);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    @Override
    public String toString() {
        return vkey();
    }
}
