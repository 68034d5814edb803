// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.Hash;
import dev.assent.note.TlogProof;
import dev.sigstore.encryption.signers.Verifiers;
import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Checks receipts with the parts with which Sigstore's Java client checks entries of Rekor. Its
 * {@code RekorVerifier} itself takes only logs whose name is a host.
 */
final class SigstoreJava {
    private static final byte[] DER_OF_ED25519 =
            HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PREFIX =
            "assent/consent-record/v1\n".getBytes(StandardCharsets.UTF_8);

    private final String name;
    private final byte[] keyHint;
    private final PublicKey key;

    /**
     * @param vkey {@code name+id+base64(1 ‖ key)}
     */
    SigstoreJava(String vkey) throws GeneralSecurityException {
        String[] parts = vkey.split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        byte[] der =
                ByteBuffer.allocate(DER_OF_ED25519.length + typed.length - 1)
                        .put(DER_OF_ED25519)
                        .put(typed, 1, typed.length - 1)
                        .array();
        name = parts[0];
        keyHint = HexFormat.of().parseHex(parts[1]);
        key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    }

    void verify(TlogProof receipt) throws Exception {
        RekorEntry.Checkpoint checkpoint = signed(receipt.checkpoint().format());
        verifyInclusion(receipt, receipt.index(), checkpoint);
    }

    /** Reads a checkpoint and verifies its signature. */
    RekorEntry.Checkpoint signed(String note) throws Exception {
        RekorEntry.Checkpoint checkpoint = Checkpoints.from(note);
        var signature = checkpoint.getSignatures().getFirst();
        byte[] text = checkpoint.getSignedData().getBytes(StandardCharsets.UTF_8);
        if (!signature.getIdentity().equals(name)
                || !MessageDigest.isEqual(signature.getKeyHint(), keyHint)
                || !Verifiers.newVerifier(key).verify(text, signature.getSignature())) {
            throw new SignatureException("the checkpoint is not signed by " + name);
        }
        return checkpoint;
    }

    static void verifyInclusion(TlogProof receipt, long index, RekorEntry.Checkpoint checkpoint)
            throws GeneralSecurityException, InclusionProofVerificationException {
        InclusionProofVerifier.verify(
                leafHash(receipt.extraBytes().orElseThrow()),
                index,
                checkpoint.getSize(),
                receipt.path().stream().map(Hash::bytes).toList(),
                Base64.getDecoder().decode(checkpoint.getBase64Hash()));
    }

    private static byte[] leafHash(byte[] saltAndRecord) throws GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(PREFIX);
        byte[] commitment = sha256.digest(saltAndRecord);
        sha256.update(new byte[] {0, 1}); // a leaf, then the type of the entry
        return sha256.digest(commitment);
    }
}
