// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.note.NoteVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessConfigurationTest {
    @TempDir Path folder;
    private final NoteVerifier one = key("one.example/w");
    private final NoteVerifier two = key("two.example/w");

    WitnessConfigurationTest() throws Exception {}

    @Test
    void file_namesWitnessesAndQuorum() throws Exception {
        var read =
                load(
                        """
                        witness a ONE https://one.example/witness/
                        witness b TWO HTTP://127.0.0.1:8081
                        group both all a b
                        quorum both
                        """);
        assertThat(read.witnesses())
                .containsExactly(
                        new Witness(one, URI.create("https://one.example/witness")),
                        new Witness(two, URI.create("HTTP://127.0.0.1:8081")));
        assertThat(read.witnesses().getFirst().addCheckpoint())
                .isEqualTo(URI.create("https://one.example/witness/add-checkpoint"));
        assertThat(read.quorum().isMetBy(Set.of(one))).isFalse();
        assertThat(read.quorum().isMetBy(Set.of(one, two))).isTrue();
    }

    @Test
    void withoutAFile_nobodyIsAskedAndNobodyNeeded() {
        var none = new WitnessWiring().configuration(null);
        assertThat(none).isEqualTo(new WitnessWiring().configuration(" "));
        assertThat(none.witnesses()).isEmpty();
        assertThat(none.quorum().isMetBy(Set.of())).isTrue();
    }

    @Test
    void unreadableFile_isSaid() {
        String missing = folder.resolve("missing").toString();
        for (String file : new String[] {missing, folder.toString(), "\0"}) {
            assertThatThrownBy(() -> WitnessConfiguration.load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .hasMessage("ASSENT_WITNESS_FILE: cannot read " + file);
        }
    }

    @Test
    void brokenFile_isSaidWithItsLine() {
        assertThatThrownBy(() -> load("witness a ONE https://one.example\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ASSENT_WITNESS_FILE: line 2: a quorum is missing");
    }

    @Test
    void witnessWithoutUrl_isSaid() {
        assertThatThrownBy(() -> load("witness a ONE\nquorum a\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "ASSENT_WITNESS_FILE: the witness one.example/w has no URL after its key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one.example",
                "//one.example",
                "ftp://one.example",
                "file:///etc/passwd",
                "https:one.example",
                "https://",
                "https:///path",
                "http://one.example:99999",
                "http://one.example:x",
                "https://user:secret@one.example",
                "https://one.example?a=b",
                "https://one.example#a",
                "https://one.example/{}",
            })
    void url_isHttpAndNothingElse(String url) {
        assertThatThrownBy(() -> load("witness a ONE " + url + "\nquorum a\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "ASSENT_WITNESS_FILE: the URL of the witness one.example/w ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    private WitnessConfiguration load(String policy) throws IOException {
        Path file = folder.resolve("policy");
        Files.writeString(file, policy.replace("ONE", one.vkey()).replace("TWO", two.vkey()));
        return WitnessConfiguration.load(file.toString());
    }

    private static NoteVerifier key(String name) throws Exception {
        return FalseWitness.newSigner(name, InstantSource.system()).verifier();
    }
}
