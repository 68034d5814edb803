// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteVerifier;
import dev.assent.receipt.Quorum;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.TrustPolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The witnesses that are asked for cosignatures, {@code ASSENT_WITNESS_FILE}: a C2SP tlog-policy
 * whose witnesses have URLs. The same file, with or without the URLs, is what auditors verify with.
 *
 * @param quorum which of them, together, are enough
 * @see <a href="https://c2sp.org/tlog-policy">C2SP tlog-policy</a>
 */
record WitnessConfiguration(List<Witness> witnesses, Quorum quorum) {
    /** Nobody is asked, and nobody is needed. */
    static final WitnessConfiguration NONE = new WitnessConfiguration(List.of(), Quorum.NONE);

    private static final int MAX_BYTES = 64 * 1024;

    WitnessConfiguration {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it cannot be read, is no tlog-policy, or a witness has no
     *     URL or one that is not http(s); the message names the setting, and the line or witness
     */
    static WitnessConfiguration load(String file) {
        try {
            return of(TrustPolicy.parse(read(Path.of(file))));
        } catch (IOException | InvalidPathException e) {
            throw refusal("cannot read " + file);
        } catch (TrustPolicyException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
    }

    static WitnessConfiguration of(TrustPolicy policy) {
        List<Witness> witnesses = new ArrayList<>();
        for (NoteVerifier key : policy.witnesses()) {
            String url = policy.witnessUrls().get(key);
            if (url == null) {
                throw refusal("the witness " + key.name() + " has no URL after its key");
            }
            try {
                witnesses.add(Witness.of(key, url));
            } catch (IllegalArgumentException e) {
                throw refusal("the URL of the witness " + key.name() + " " + e.getMessage());
            }
        }
        return new WitnessConfiguration(witnesses, policy.quorum());
    }

    private static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    /** Without a cause: the last message is the one that the operator reads. */
    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("ASSENT_WITNESS_FILE: " + why);
    }
}
