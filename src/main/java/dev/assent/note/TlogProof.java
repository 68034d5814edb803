// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import dev.assent.merkle.Hash;
import dev.assent.merkle.InclusionProof;
import dev.assent.merkle.InvalidProofException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Proof that a log holds an entry, complete but for the entry and the log's key:
 *
 * <pre>
 * c2sp.org/tlog-proof@v1
 * extra AAECAw==
 * index 4
 * gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
 * B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
 *
 * consent.example.com/log
 * 6
 * sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
 *
 * — consent.example.com/log hI2DJw…
 * </pre>
 *
 * <p>Nothing of it is verified by reading it.
 *
 * @param extra base64 of what else the reader needs, which nobody signed; empty if there is none
 * @param index the entry's number, from 0
 * @param path one hash a level, the entry's sibling first; at most 64
 * @param checkpoint a {@link Checkpoint}, signed
 * @see <a href="https://c2sp.org/tlog-proof">C2SP tlog-proof v1</a>
 */
public record TlogProof(Optional<String> extra, long index, List<Hash> path, Note checkpoint) {
    /** The most bytes in a proof that is read. */
    public static final int MAX_BYTES = 128 * 1024;

    /** The most hashes in the path of a proof that is read. */
    public static final int MAX_PATH = 64;

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public TlogProof {
        path = List.copyOf(path);
    }

    /** A proof without anything extra. */
    public static TlogProof of(InclusionProof proof, Note checkpoint) {
        return new TlogProof(Optional.empty(), proof.index(), proof.path(), checkpoint);
    }

    /** A proof with bytes that the reader needs beside it. */
    public static TlogProof of(byte[] extra, InclusionProof proof, Note checkpoint) {
        String encoded = Base64.getEncoder().encodeToString(extra);
        return new TlogProof(Optional.of(encoded), proof.index(), proof.path(), checkpoint);
    }

    /** Reads a proof from its bytes, which are UTF-8. */
    public static TlogProof parse(byte[] proof) throws NoteException {
        if (proof.length > MAX_BYTES) {
            throw new NoteException("a proof has at most " + MAX_BYTES + " bytes");
        }
        return parse(Strict.utf8(proof));
    }

    /**
     * Reads a proof.
     *
     * @throws NoteException if it is malformed, or its note is
     */
    public static TlogProof parse(String proof) throws NoteException {
        if (proof.length() > MAX_BYTES) {
            throw new NoteException("a proof has at most " + MAX_BYTES + " bytes");
        }
        Strict.requireLines(proof);
        int blank = proof.indexOf("\n\n");
        if (blank < 0) {
            throw new NoteException("a proof has a blank line before its checkpoint");
        }
        Iterator<String> lines = proof.substring(0, blank).lines().iterator();
        if (!next(lines).equals(HEADER)) {
            throw new NoteException("a proof begins with " + HEADER);
        }
        String line = next(lines);
        Optional<String> extra = Optional.empty();
        if (line.startsWith(EXTRA)) {
            extra = Optional.of(parseExtra(line.substring(EXTRA.length())));
            line = next(lines);
        }
        if (!line.startsWith(INDEX)) {
            throw new NoteException("the line with the index is missing");
        }
        long index = Strict.decimal(line.substring(INDEX.length()));
        Note checkpoint = Note.parse(proof.substring(blank + 2));
        return new TlogProof(extra, index, parsePath(lines), checkpoint);
    }

    /** The bytes of {@link #extra()}. */
    public Optional<byte[]> extraBytes() {
        return extra.map(Base64.getDecoder()::decode);
    }

    /** The path as a proof about a tree of {@code size} entries, the size in the checkpoint. */
    public InclusionProof inclusion(long size) {
        return new InclusionProof(index, size, path);
    }

    /**
     * Verifies that the entry with {@code leafHash} is number {@link #index()} of the log with this
     * key.
     *
     * @return the checkpoint, its signature verified
     * @throws NoteException if the checkpoint is not the log's
     * @throws InvalidProofException if the entry is not under it
     */
    public Checkpoint verify(Hash leafHash, NoteVerifier log)
            throws NoteException, InvalidProofException {
        Checkpoint signed = Checkpoint.open(checkpoint, log);
        inclusion(signed.size()).verify(leafHash, signed.root());
        return signed;
    }

    /** The proof as it is stored and sent. What was parsed comes back byte for byte. */
    public String format() {
        StringBuilder proof = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(encoded -> proof.append(EXTRA).append(encoded).append('\n'));
        proof.append(INDEX).append(index).append('\n');
        path.forEach(hash -> proof.append(hash.base64()).append('\n'));
        return proof.append('\n').append(checkpoint.format()).toString();
    }

    private static String parseExtra(String encoded) throws NoteException {
        if (Strict.base64(encoded).length == 0) {
            throw new NoteException("a line for something extra has something");
        }
        return encoded;
    }

    private static List<Hash> parsePath(Iterator<String> lines) throws NoteException {
        List<Hash> path = new ArrayList<>();
        while (lines.hasNext()) {
            if (path.size() == MAX_PATH) {
                throw new NoteException("a path has at most " + MAX_PATH + " hashes");
            }
            path.add(Strict.hash(lines.next()));
        }
        return path;
    }

    private static String next(Iterator<String> lines) throws NoteException {
        if (!lines.hasNext()) {
            throw new NoteException("a proof ends too early");
        }
        return lines.next();
    }
}
