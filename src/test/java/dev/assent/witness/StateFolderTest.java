// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteSigner;
import dev.assent.note.TestCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a stop, a crash, a slip of the hand. */
class StateFolderTest {
    private static final Optional<String> NAME = Optional.of("witness.example/w1");

    @TempDir Path temp;
    private final TestCheckpoints log = TestCheckpoints.of("consent.example/log");
    private Path state;
    private StateFolder folder;

    StateFolderTest() throws Exception {}

    @BeforeEach
    void open() throws Exception {
        state = temp.resolve("a/witness");
        folder = StateFolder.open(state);
        assertThat(witness().add(log.request(0, 7).format()).status()).isEqualTo(200);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    @Test
    void restart_keepsKeyAndCheckpoint() throws Exception {
        NoteSigner signer = key(NAME);
        reopen();
        assertThat(key(Optional.empty()).verifier()).isEqualTo(signer.verifier());
        assertThat(last()).isEqualTo(Checkpoint.parse(log.note(7).text()));
        assertThat(witness().add(log.request(0, 5).format()).status()).isEqualTo(409);
        assertThat(witness().add(log.forkedAt(2).request(7, 9).format()).status()).isEqualTo(422);
        assertThat(witness().add(log.request(7, 9).format()).status()).isEqualTo(200);
    }

    @Test
    void files_areForTheirOwnerAlone() throws Exception {
        for (Path file : List.of(state.resolve("key"), stored())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
    }

    @Test
    void crashBeforeTheMove_leavesTheOldCheckpoint() throws Exception {
        byte[] next = Files.readAllBytes(stored());
        for (int length : new int[] {0, 1, next.length / 2, next.length}) {
            Path unfinished = stored().resolveSibling(stored().getFileName() + ".new");
            Files.write(unfinished, Arrays.copyOf(next, length));
            reopen();
            assertThat(last().size()).isEqualTo(7);
        }
        assertThat(witness().add(log.request(7, 9).format()).status()).isEqualTo(200);
        assertThat(last().size()).isEqualTo(9);
    }

    @Test
    void damagedCheckpoint_refusesToStart() throws Exception {
        byte[] good = Files.readAllBytes(stored());
        String text = new String(good, ISO_8859_1);
        int logsLine = text.indexOf("\n\n") + 2;
        int ownLine = text.indexOf('\n', logsLine) + 1;
        for (int i = 0; i < good.length; i++) {
            if (i < logsLine || i >= ownLine) {
                byte[] bad = good.clone();
                bad[i] ^= 1;
                assertRefused(bad, i);
            }
        }
        assertRefused(new byte[0], 0);
        assertRefused("hello\n".getBytes(UTF_8), 0);
        assertRefused(log.note(9).format().getBytes(UTF_8), 0);
    }

    @Test
    void checkpointOfAnotherLog_refusesToStart() throws Exception {
        TestCheckpoints other = TestCheckpoints.of("other.example/log");
        Note cosigned = other.note(3);
        cosigned = cosigned.with(key(NAME).sign(cosigned.text()));
        assertRefused(cosigned.format().getBytes(UTF_8), 0);
    }

    @Test
    void anotherKey_refusesTheCheckpoints() throws Exception {
        Files.delete(state.resolve("key"));
        assertThatThrownBy(() -> key(NAME))
                .isInstanceOf(WitnessException.class)
                .hasMessageContaining("key is missing");
        Path elsewhere = temp.resolve("elsewhere");
        try (StateFolder other = StateFolder.open(elsewhere)) {
            WitnessKey.load(other, NAME, InstantSource.system());
        }
        Files.copy(elsewhere.resolve("key"), state.resolve("key"));
        Files.setPosixFilePermissions(
                state.resolve("key"), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(this::witness)
                .isInstanceOf(WitnessException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void key_isNamedOnceAndForAll() throws Exception {
        assertThatThrownBy(() -> key(Optional.of("other.example")))
                .isInstanceOf(WitnessException.class)
                .hasMessageContaining("is named witness.example/w1");
        try (StateFolder other = StateFolder.open(temp.resolve("other"))) {
            assertThatThrownBy(
                            () -> WitnessKey.load(other, Optional.empty(), InstantSource.system()))
                    .isInstanceOf(WitnessException.class)
                    .hasMessageContaining("--name");
            assertThatThrownBy(() ->
                            WitnessKey.load(other, Optional.of("a name"), InstantSource.system()))
                    .isInstanceOf(WitnessException.class);
            assertThat(Files.exists(temp.resolve("other/key"))).isFalse();
        }
    }

    @Test
    void keyThatOthersMayRead_isRefused() throws Exception {
        Files.setPosixFilePermissions(
                state.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> key(NAME))
                .isInstanceOf(WitnessException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void damagedKey_isRefused() throws Exception {
        Files.writeString(state.resolve("key"), "PRIVATE+KEY+witness.example/w1+00000000+AAAA\n");
        assertThatThrownBy(() -> key(NAME)).isInstanceOf(WitnessException.class);
    }

    @Test
    void secondWitness_doesNotGetTheFolder() throws Exception {
        assertThatThrownBy(() -> StateFolder.open(state))
                .isInstanceOf(WitnessException.class)
                .hasMessageContaining("in use");
        reopen();
        assertThat(last().size()).isEqualTo(7);
    }

    private void assertRefused(byte[] content, int at) throws Exception {
        Files.write(stored(), content);
        assertThatThrownBy(this::witness)
                .as("damaged at " + at)
                .isInstanceOf(WitnessException.class)
                .hasMessageContaining("is damaged");
    }

    private void reopen() throws Exception {
        folder.close();
        folder = StateFolder.open(state);
    }

    private Checkpoint last() throws Exception {
        return witness().logs().iterator().next().last();
    }

    private Witness witness() throws Exception {
        return new Witness(List.of(log.key()), key(NAME), folder);
    }

    private NoteSigner key(Optional<String> name) throws Exception {
        return WitnessKey.load(folder, name, InstantSource.system());
    }

    private Path stored() {
        return state.resolve("logs").resolve(Hash.of(log.key().name().getBytes(UTF_8)).hex());
    }
}
