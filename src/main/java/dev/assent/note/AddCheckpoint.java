// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a log asks a witness: to cosign a checkpoint that continues the one it cosigned last.
 *
 * <pre>
 * old 20852014
 * PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
 * …
 *
 * &lt;the checkpoint, a note&gt;
 * </pre>
 *
 * <p>Nothing in one that was read is verified yet.
 *
 * @param oldSize size of the checkpoint cosigned last, from 0; 0 if there is none
 * @param proof consistency of {@code oldSize} with the checkpoint, at most 63 hashes
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-witness/v1.0.0/tlog-witness.md">C2SP
 *     tlog-witness 1.0.0</a>
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, Note checkpoint) {
    /** The most bytes in a request that is read. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The media type of the answer that names the size cosigned last. */
    public static final String SIZE_TYPE = "text/x.tlog.size";

    private static final int MAX_PROOF = 63;
    private static final String OLD = "old ";
    private static final String SEPARATOR = "\n\n";

    public AddCheckpoint {
        proof = List.copyOf(proof);
    }

    /** The request that brings {@code proof}, which leads to the checkpoint's size. */
    public static AddCheckpoint of(ConsistencyProof proof, Note checkpoint) {
        return new AddCheckpoint(proof.first(), proof.path(), checkpoint);
    }

    /**
     * Reads a request's body.
     *
     * @throws NoteException if it is malformed
     */
    public static AddCheckpoint parse(byte[] body) throws NoteException {
        if (body.length > MAX_BYTES) {
            throw new NoteException("a request has at most " + MAX_BYTES + " bytes");
        }
        String text = Strict.utf8(body);
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            throw new NoteException("a request has an old size, a blank line and a checkpoint");
        }
        String[] lines = text.substring(0, end).split("\n", -1);
        if (!lines[0].startsWith(OLD)) {
            throw new NoteException("the first line is \"old\" and a size");
        }
        return new AddCheckpoint(
                Strict.decimal(lines[0].substring(OLD.length())),
                proof(lines),
                Note.parse(text.substring(end + SEPARATOR.length())));
    }

    private static List<Hash> proof(String[] lines) throws NoteException {
        if (lines.length - 1 > MAX_PROOF) {
            throw new NoteException("a proof has at most " + MAX_PROOF + " hashes");
        }
        List<Hash> proof = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            proof.add(Strict.hash(lines[i]));
        }
        return proof;
    }

    /** The body as it is sent. */
    public byte[] format() {
        String lines =
                proof.stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining());
        return (OLD + oldSize + "\n" + lines + "\n" + checkpoint.format()).getBytes(UTF_8);
    }

    /** A size as an answer of type {@link #SIZE_TYPE}: a decimal and a line end. */
    public static String formatSize(long size) {
        return size + "\n";
    }

    /**
     * Reads what {@link #formatSize} writes.
     *
     * @throws NoteException if it is anything else
     */
    public static long parseSize(String answer) throws NoteException {
        if (!answer.endsWith("\n")) {
            throw new NoteException("the size has no line end");
        }
        return Strict.decimal(answer.substring(0, answer.length() - 1));
    }
}
