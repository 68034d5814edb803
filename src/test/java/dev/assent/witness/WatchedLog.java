// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.note.AddCheckpoint;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import dev.assent.note.TestCheckpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** A log and its witness, without a server between them. */
final class WatchedLog implements AutoCloseable {
    /** When the witness signs. */
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    final TestCheckpoints log = TestCheckpoints.of("consent.example/log");
    private final NoteSigner signer =
            NoteSigner.cosigner(
                    NoteSigner.newKey(
                            "witness.example/w1", SignatureType.COSIGNATURE_V1, new SecureRandom()),
                    () -> NOW);
    private final Path state;
    private final StateFolder folder;
    private Witness witness;

    /**
     * @param state where the witness keeps what it has seen
     */
    WatchedLog(Path state) throws Exception {
        this.state = state;
        this.folder = StateFolder.open(state);
        this.witness = watching(log.key());
    }

    /** The witness starts again, with these keys. */
    Witness startAgain(NoteVerifier... keys) throws Exception {
        witness = watching(keys);
        return witness;
    }

    Witness witness() {
        return witness;
    }

    NoteVerifier witnessKey() {
        return signer.verifier();
    }

    Answer add(AddCheckpoint request) throws IOException {
        return witness.add(request.format());
    }

    /** What the witness has seen last. */
    Checkpoint last() {
        return witness.logs().iterator().next().last();
    }

    /** The file of that. */
    Path stored() {
        return file("logs");
    }

    Path file(String kind) {
        return state.resolve(kind).resolve(Hash.of(log.key().name().getBytes(UTF_8)).hex());
    }

    void assertCosigned(AddCheckpoint request) throws IOException, NoteException {
        Answer answer = add(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Note note = Note.parse(request.checkpoint().format() + answer.body());
        note.verify(List.of(witnessKey()));
    }

    void assertConflict(AddCheckpoint request, long size) throws IOException {
        assertThat(add(request)).isEqualTo(new Answer(409, "text/x.tlog.size", size + "\n"));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }

    private Witness watching(NoteVerifier... keys) throws Exception {
        return new Witness(List.of(keys), signer, folder);
    }
}
