// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteSigner;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log's private key, as far as this node has it: in the file {@code ASSENT_LOG_KEY_FILE}, by
 * default {@code log-key} in the data folder. A node without it records and serves all the same,
 * and leaves signing to those that have it.
 */
@Singleton
public final class LogKeys {
    private final KeyFile file;
    private final CheckpointJournal journal;
    private volatile Optional<NoteSigner> signer = Optional.empty();
    private volatile Optional<String> stopped = Optional.empty();

    LogKeys(
            @Nullable @Property(name = "assent.log-key-file") String file,
            @Property(name = "assent.data-dir", defaultValue = "data") String folder) {
        this.file = file(file, folder);
        this.journal = new CheckpointJournal(this.file.checkpoints());
    }

    /** The file that these settings name. */
    public static KeyFile file(@Nullable String file, String folder) {
        return new KeyFile(
                file == null || file.isBlank()
                        ? Path.of(folder).resolve("log-key")
                        : Path.of(file.strip()));
    }

    KeyFile file() {
        return file;
    }

    /** What signs; empty on a node that has not the key, and until the log is opened. */
    Optional<NoteSigner> signer() {
        return signer;
    }

    /** From now on this key signs. */
    void use(NoteSigner key) {
        signer = Optional.of(key);
    }

    /**
     * From now on nothing is signed, until the service is started again.
     *
     * @param why and what to do
     */
    void stop(String why) {
        stopped = Optional.of(why);
    }

    /**
     * Returns unless signing was stopped.
     *
     * @throws LogException if it was; it says why
     */
    void requireNotStopped() {
        stopped.ifPresent(why -> {
            throw new LogException(why);
        });
    }

    CheckpointJournal journal() {
        return journal;
    }

    /** The newest checkpoint that was signed under the key's name, as far as this node knows. */
    Optional<CheckpointJournal.Signed> newestSigned(NoteSigner key) {
        return journal.newest(key.verifier().name());
    }
}
