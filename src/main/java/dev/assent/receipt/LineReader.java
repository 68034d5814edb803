// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Reads the lines of an export, of which thousands begin with the same artefact, far longer than
 * all that follows.
 *
 * <p>A line whose first bytes are those that an earlier one had up to the end of its artefact needs
 * no second reading of them: a reader comes to the same place with the same values. Only what
 * follows is read, as an object of its own, and may not have an artefact again.
 */
final class LineReader {
    /** Choices made under a version before come in between, so more than one is kept. */
    private static final int KEPT = 4;

    private final Deque<Start> starts = new ArrayDeque<>();

    /** The bytes from a line's brace to the end of its artefact, and what they hold. */
    private record Start(byte[] bytes, LoggedDocument artefact) {
        static Start of(LoggedDocument artefact) {
            String json = CanonicalJson.writeText(artefact.json());
            return new Start(("{\"artefact\":" + json).getBytes(UTF_8), artefact);
        }

        /** Whether the line begins so and goes on with another member. */
        boolean begins(byte[] line) {
            int end = bytes.length;
            return line.length > end
                    && line[end] == ','
                    && Arrays.equals(line, 0, end, bytes, 0, end);
        }
    }

    /** What stands in a line. Nothing of it is verified yet. */
    sealed interface Line {
        record Bundle(ProofBundle bundle) implements Line {}

        record Erased(Tombstone tombstone) implements Line {}

        /** The head of a sample: only these numbers follow. */
        record Drawn(Sample sample) implements Line {}
    }

    /**
     * Reads a line.
     *
     * @param line at most {@link ProofBundle#MAX_BYTES}
     */
    Line read(byte[] line) throws JsonException {
        if (line.length <= ProofBundle.MAX_BYTES) {
            for (Iterator<Start> kept = starts.iterator(); kept.hasNext(); ) {
                Start start = kept.next();
                if (start.begins(line)) {
                    kept.remove();
                    starts.addFirst(start);
                    return readAfter(start, line);
                }
            }
        }
        return readWhole(line);
    }

    private static Line readAfter(Start start, byte[] line) throws JsonException {
        byte[] rest = Arrays.copyOfRange(line, start.bytes().length, line.length);
        rest[0] = '{';
        JsonObject json = CanonicalJson.parseObject(rest, ProofBundle.MAX_BYTES);
        return new Line.Bundle(ProofBundle.parse(json, start.artefact()));
    }

    private Line readWhole(byte[] line) throws JsonException {
        JsonObject json = CanonicalJson.parseObject(line, ProofBundle.MAX_BYTES);
        if (json.text("type").equals(Tombstone.TYPE)) {
            return new Line.Erased(Tombstone.parse(json));
        }
        if (json.text("type").equals(Sample.TYPE)) {
            return new Line.Drawn(Sample.parse(json));
        }
        ProofBundle bundle = ProofBundle.parse(json);
        Start start = Start.of(bundle.artefact());
        if (start.begins(line)) {
            starts.addFirst(start);
            if (starts.size() > KEPT) {
                starts.removeLast();
            }
        }
        return new Line.Bundle(bundle);
    }
}
