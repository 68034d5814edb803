// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) with keys as the bare 32 bytes that notes have, done by the JDK. */
final class Ed25519 {
    /** Bytes in a public key, and in the seed that is the private one. */
    static final int KEY_LENGTH = 32;

    private static final String ALGORITHM = "Ed25519";

    /** What stands before the 32 bytes in the one DER form of a public key (RFC 8410 §4). */
    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static PublicKey publicKey(byte[] bytes) throws NoteException {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(join(PUBLIC_PREFIX, bytes)));
        } catch (InvalidKeySpecException e) {
            throw new NoteException("not an Ed25519 public key");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] bytes(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, PUBLIC_PREFIX.length, encoded.length);
    }

    /**
     * Both keys from the seed. The JDK has no call for that, but its generator takes the seed to be
     * the random bytes that it asks for; that this holds is checked each time.
     */
    static KeyPair keyPair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
            KeyPair pair = generator.generateKeyPair();
            byte[] encoded = pair.getPrivate().getEncoded();
            byte[] end = Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
            if (!Arrays.equals(end, seed)) {
                throw new IllegalStateException("this JDK makes Ed25519 keys in another way");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static boolean verify(PublicKey key, byte[] message, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(bytes);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every JDK since 15 has Ed25519", e);
    }

    /** Gives the seed for random bytes. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        FixedRandom(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("asked for " + bytes.length + " random bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
