// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.note.TestCheckpoints;
import dev.assent.witness.WitnessArguments.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessCommandTest {
    private final String vkey = TestCheckpoints.of("consent.example/log").key().vkey();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    WitnessCommandTest() throws Exception {}

    @Test
    void defaults_areForThisMachineAlone() throws Exception {
        WitnessArguments arguments = WitnessArguments.parse(List.of("--log", vkey));
        assertThat(arguments.state()).isEqualTo(Path.of("witness"));
        assertThat(arguments.host()).isEqualTo("127.0.0.1");
        assertThat(arguments.port()).isEqualTo(8081);
        assertThat(arguments.name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--log",
                "--log x",
                "--log VKEY more",
                "--log VKEY --port",
                "--log VKEY --port x",
                "--log VKEY --port -1",
                "--log VKEY --port 65536",
                "--log VKEY --port 99999999999",
                "--log VKEY --state",
                "--log VKEY --state \0",
                "--log VKEY --frobnicate",
            })
    void arguments_areRefused(String line) {
        List<String> arguments =
                line.isEmpty() ? List.of() : List.of(line.replace("VKEY", vkey).split(" "));
        assertThatThrownBy(() -> WitnessArguments.parse(arguments))
                .isInstanceOf(UsageException.class);
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("witness: ").contains("--log VKEY");
    }

    @Test
    void witnessesKey_isNoLog() throws Exception {
        String witness = "witness.example/w1+4b1d9a0c+BAAA";
        assertThat(run("--log", witness)).isEqualTo(2);
    }

    @Test
    void help_isGiven() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("--state DIR");
    }

    @Test
    void missingName_isSaid(@TempDir Path state) {
        assertThat(run("--state", state.toString(), "--port", "0", "--log", vkey)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("--name");
    }

    @Test
    void takenPort_isSaid(@TempDir Path folder) throws Exception {
        try (TestWitness first =
                TestWitness.start(
                        folder.resolve("1"), TestCheckpoints.of("consent.example/log").key())) {
            String port = Integer.toString(first.url().getPort());
            String state = folder.resolve("2").toString();
            assertThat(run("--state", state, "--port", port, "--log", vkey, "--name", "w"))
                    .isEqualTo(1);
            assertThat(err.toString(UTF_8)).contains("in use");
        }
    }

    private int run(String... arguments) {
        return new WitnessCommand(stream(out), stream(err), InstantSource.system()).run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
