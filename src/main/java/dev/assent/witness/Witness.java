// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import dev.assent.note.AddCheckpoint;
import dev.assent.note.Checkpoint;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The witness without its network: its key, and the logs that it watches. */
final class Witness {
    private final NoteVerifier key;
    private final Map<String, WitnessedLog> logs = new LinkedHashMap<>();

    /**
     * @param keys of all logs; keys of one name are of one log
     * @throws WitnessException if what is stored of a log is damaged
     */
    Witness(Collection<NoteVerifier> keys, NoteSigner signer, StateFolder folder)
            throws WitnessException, IOException {
        this.key = signer.verifier();
        Map<String, List<NoteVerifier>> byOrigin = new LinkedHashMap<>();
        keys.forEach(k -> byOrigin.computeIfAbsent(k.name(), n -> new ArrayList<>()).add(k));
        for (List<NoteVerifier> ofOne : byOrigin.values()) {
            WitnessedLog log = new WitnessedLog(ofOne, signer, folder);
            logs.put(log.origin(), log);
        }
    }

    /** The public key. */
    NoteVerifier key() {
        return key;
    }

    /** In the order given at the start. */
    Collection<WitnessedLog> logs() {
        return List.copyOf(logs.values());
    }

    /**
     * Answers {@code POST /add-checkpoint}.
     *
     * @param body at most {@link AddCheckpoint#MAX_BYTES}
     * @throws IOException if a checkpoint could not be stored; then nothing was cosigned
     */
    Answer add(byte[] body) throws IOException {
        AddCheckpoint request;
        Checkpoint checkpoint;
        try {
            request = AddCheckpoint.parse(body);
            checkpoint = Checkpoint.parse(request.checkpoint().text());
        } catch (NoteException e) {
            return Answer.refused(400, e.getMessage());
        }
        WitnessedLog log = logs.get(checkpoint.origin());
        return log == null
                ? Answer.refused(404, "a log that this witness does not watch")
                : log.add(request, checkpoint);
    }
}
