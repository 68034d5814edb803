// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A text and who signed it:
 *
 * <pre>
 * This is an example message.
 *
 * — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
 * </pre>
 *
 * <p>The text means nothing before {@link #verify} has returned.
 *
 * @param text ends in a line end; the blank line after it is not part of it
 * @param signatures at least one
 * @see <a href="https://github.com/C2SP/C2SP/blob/signed-note/v1.0.0/signed-note.md">C2SP
 *     signed-note 1.0.0</a>
 */
public record Note(String text, List<NoteSignature> signatures) {
    /** The most bytes in a note that is read. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The most signatures in a note that is read. */
    public static final int MAX_SIGNATURES = 64;

    private static final String SEPARATOR = "\n\n";

    public Note {
        signatures = List.copyOf(signatures);
    }

    /** The text signed by each of the signers. */
    public static Note sign(String text, NoteSigner... signers) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            signatures.add(signer.sign(text));
        }
        return new Note(text, signatures);
    }

    /** Reads a note from its bytes, which are UTF-8. */
    public static Note parse(byte[] note) throws NoteException {
        if (note.length > MAX_BYTES) {
            throw new NoteException("a note has at most " + MAX_BYTES + " bytes");
        }
        return parse(Strict.utf8(note));
    }

    /**
     * Reads a note. Nothing in it is verified yet.
     *
     * @throws NoteException if it is malformed
     */
    public static Note parse(String note) throws NoteException {
        if (note.length() > MAX_BYTES) {
            throw new NoteException("a note has at most " + MAX_BYTES + " bytes");
        }
        Strict.requireLines(note);
        int end = note.lastIndexOf(SEPARATOR);
        if (end < 0 || end + SEPARATOR.length() == note.length()) {
            throw new NoteException("a note has a text, a blank line and signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : note.substring(end + SEPARATOR.length()).lines().toList()) {
            if (signatures.size() == MAX_SIGNATURES) {
                throw new NoteException("a note has at most " + MAX_SIGNATURES + " signatures");
            }
            signatures.add(NoteSignature.parse(line));
        }
        return new Note(note.substring(0, end + 1), signatures);
    }

    /** The note as it is stored and sent. What was parsed comes back byte for byte. */
    public String format() {
        return signatures.stream()
                .map(signature -> signature.format() + "\n")
                .collect(Collectors.joining("", text + "\n", ""));
    }

    /** This note with one signature more. */
    public Note with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new Note(text, more);
    }

    /**
     * The known keys that signed this note, each with its signature, and at least one.
     *
     * @throws NoteException if a signature that claims to be of a known key is not, or no known key
     *     signed
     */
    public Map<NoteVerifier, NoteSignature> verify(Collection<NoteVerifier> known)
            throws NoteException {
        Map<NoteVerifier, NoteSignature> signed = signedBy(known);
        if (signed.isEmpty()) {
            throw new NoteException("no known key signed it");
        }
        return signed;
    }

    /**
     * The known keys that signed this note, each with its signature; it may be none. Lines of other
     * keys are passed over.
     *
     * @throws NoteException if a signature that claims to be of a known key is not
     */
    public Map<NoteVerifier, NoteSignature> signedBy(Collection<NoteVerifier> known)
            throws NoteException {
        Map<NoteVerifier, NoteSignature> signed = new LinkedHashMap<>();
        for (NoteSignature signature : signatures) {
            for (NoteVerifier verifier : known) {
                if (verifier.isNamedBy(signature)) {
                    if (!verifier.verify(text, signature.signature())) {
                        throw new NoteException(
                                "the signature of " + verifier.name() + " is false");
                    }
                    signed.putIfAbsent(verifier, signature);
                }
            }
        }
        return signed;
    }
}
