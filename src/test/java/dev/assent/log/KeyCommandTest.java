// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandTest {
    @TempDir Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void key_isPrintedAsAVkey() {
        String vkey = file().create("consent.example.com/log").verifier().vkey();
        assertThat(run()).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(vkey + "\n");
    }

    @Test
    void missingKey_isSaid() {
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("there is no key yet", "log-key");
    }

    @Test
    void nextKey_hasTheNameOfTheLogAndIsNotMadeTwice() {
        file().create("consent.example.com/log");
        assertThat(run("next")).isZero();
        String vkey = file().next().read().orElseThrow().verifier().vkey();
        assertThat(out.toString(UTF_8)).isEqualTo(vkey + "\n").startsWith("consent.example.com/");
        assertThat(run("next")).isEqualTo(1);
        assertThat(file().next().read().orElseThrow().verifier().vkey()).isEqualTo(vkey);
    }

    @Test
    void nextKey_canGiveTheLogAnotherName() {
        assertThat(run("next", "--origin", "consent.example.com/log-2")).isZero();
        assertThat(file().next().read().orElseThrow().verifier().name())
                .isEqualTo("consent.example.com/log-2");
        assertThat(run("next", "--origin", "a name with spaces")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "next --origin", "next now", "--vkey"})
    void nonsense_isAnsweredWithTheUsage(String words) {
        assertThat(run(words.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("key next");
    }

    private KeyFile file() {
        return LogKeys.file(null, folder.toString());
    }

    private int run(String... arguments) {
        return new KeyCommand(
                        Map.of("ASSENT_DATA_DIR", folder.toString()),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8))
                .run(arguments);
    }
}
