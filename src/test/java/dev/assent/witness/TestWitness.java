// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import dev.assent.note.NoteVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A witness in this process, on a free port. */
public final class TestWitness implements AutoCloseable {
    public static final String NAME = "witness.example/w1";

    private final WitnessCommand.Running running;
    private final String output;

    private TestWitness(WitnessCommand.Running running, String output) {
        this.running = running;
        this.output = output;
    }

    public static TestWitness start(Path state, NoteVerifier... logs) throws Exception {
        return start(state, InstantSource.system(), logs);
    }

    /** At a port where one was before. */
    public static TestWitness start(Path state, int port, NoteVerifier... logs) throws Exception {
        return start(state, port, InstantSource.system(), logs);
    }

    public static TestWitness start(Path state, InstantSource clock, NoteVerifier... logs)
            throws Exception {
        return start(state, 0, clock, logs);
    }

    private static TestWitness start(
            Path state, int port, InstantSource clock, NoteVerifier... logs) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of(
                        "--state",
                        state.toString(),
                        "--port",
                        Integer.toString(port),
                        "--name",
                        NAME));
        for (NoteVerifier log : logs) {
            arguments.addAll(List.of("--log", log.vkey()));
        }
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var command = new WitnessCommand(stream, stream, clock);
        WitnessCommand.Running running = command.start(WitnessArguments.parse(arguments));
        return new TestWitness(running, bytes.toString(StandardCharsets.UTF_8));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + running.server().port());
    }

    public NoteVerifier key() throws Exception {
        return NoteVerifier.parse(output.lines().findFirst().orElseThrow());
    }

    String output() {
        return output;
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
