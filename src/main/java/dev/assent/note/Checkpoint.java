// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import dev.assent.merkle.Hash;
import java.util.List;

/**
 * What a log commits to: how many entries it has, and the root hash over them.
 *
 * <p>As the text of a {@link Note}: origin, size and root on a line each. Further lines are kept
 * and mean nothing here; a log of ours writes none.
 *
 * @param origin the log's name, for example {@code consent.example.com/log}; that of its key too
 * @param size number of entries, from 0
 * @param root {@link Hash#EMPTY_ROOT} if the size is 0
 * @param extensions further lines, none of them empty
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-checkpoint/v1.0.0/tlog-checkpoint.md">C2SP
 *     tlog-checkpoint 1.0.0</a>
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    private static final int LINES = 3;

    public Checkpoint {
        extensions = List.copyOf(extensions);
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /**
     * Reads the text of a note.
     *
     * @throws NoteException if it is no checkpoint
     */
    public static Checkpoint parse(String text) throws NoteException {
        Strict.requireLines(text);
        List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < LINES || lines.contains("")) {
            throw new NoteException("a checkpoint has three lines or more, none of them empty");
        }
        long size = Strict.decimal(lines.get(1));
        Hash root = Strict.hash(lines.get(2));
        if (size == 0 && !root.equals(Hash.EMPTY_ROOT)) {
            throw new NoteException("a tree of size 0 has the root of the empty tree");
        }
        return new Checkpoint(lines.getFirst(), size, root, lines.subList(LINES, lines.size()));
    }

    /**
     * The checkpoint in a note that {@code log} signed.
     *
     * @throws NoteException if the note is no checkpoint, has another origin than the key's name,
     *     or the key's signature is missing or false
     */
    public static Checkpoint open(Note note, NoteVerifier log) throws NoteException {
        Checkpoint checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(log.name())) {
            throw new NoteException("the checkpoint is of another log than the key");
        }
        note.verify(List.of(log));
        return checkpoint;
    }

    /** The text to be signed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin).append('\n').append(size).append('\n');
        text.append(root.base64()).append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
