// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** The witness's private key: one line, an skey, in the state folder. */
final class WitnessKey {
    private static final Set<PosixFilePermission> OWNERS = Set.of(OWNER_READ, OWNER_WRITE);

    private WitnessKey() {}

    /**
     * The key in the folder; where there is none, a new one under {@code name}.
     *
     * @param name if given, that of the key in the folder too
     * @throws WitnessException if a name is missing or another one, if others may read the key, or
     *     it is gone while what it signed is there
     */
    static NoteSigner load(StateFolder folder, Optional<String> name, InstantSource clock)
            throws WitnessException, IOException {
        if (!Files.exists(folder.key())) {
            create(folder, name);
        }
        NoteSigner signer = read(folder.key(), clock);
        if (name.isPresent() && !signer.verifier().name().equals(name.get())) {
            throw new WitnessException(
                    "the key in " + folder.key() + " is named " + signer.verifier().name());
        }
        return signer;
    }

    private static void create(StateFolder folder, Optional<String> name)
            throws WitnessException, IOException {
        if (folder.hasCheckpoints()) {
            throw new WitnessException(
                    folder.key() + " is missing, but what it signed is there; restore it");
        }
        if (name.isEmpty()) {
            throw new WitnessException(
                    "there is no key yet: name it with --name, for example"
                            + " --name witness.example.org/assent");
        }
        try {
            var type = SignatureType.COSIGNATURE_V1;
            String skey = NoteSigner.newKey(name.get(), type, new SecureRandom());
            DurableFile.write(folder.key(), (skey + "\n").getBytes(UTF_8));
        } catch (NoteException e) {
            throw new WitnessException("--name: " + e.getMessage());
        }
    }

    private static NoteSigner read(Path file, InstantSource clock)
            throws WitnessException, IOException {
        if (DurableFile.isPosix() && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new WitnessException("others may read " + file + "; chmod 600 it");
        }
        try {
            return NoteSigner.cosigner(Files.readString(file).strip(), clock);
        } catch (NoteException e) {
            throw new WitnessException(file + " is no witness's key: " + e.getMessage());
        }
    }
}
