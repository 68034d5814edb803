// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.NoteVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom the auditor trusts: the keys of logs, the keys of witnesses, and how many of these must
 * vouch.
 *
 * <p>As a file it is a C2SP tlog-policy:
 *
 * <pre>
 * # our log, and two of three witnesses
 * log consent.example.com/log+33d7b496+AeymY…
 * witness authority witness.authority.example+d66cf63f+BPeW…
 * witness union witness.union.example+5f3e8d11+BAbc…
 * witness press witness.press.example+0a1b2c3d+BDef…
 * group two 2 authority union press
 * quorum two
 * </pre>
 *
 * @param logs none: the key that comes with a bundle is trusted on first use
 * @param witnesses all that the file names
 * @param witnessUrls where a witness takes checkpoints, as the file writes it, unchecked; verifying
 *     asks nobody, so most files have none
 * @see <a href="https://c2sp.org/tlog-policy">C2SP tlog-policy</a>
 */
public record TrustPolicy(
        List<NoteVerifier> logs,
        List<NoteVerifier> witnesses,
        Quorum quorum,
        Map<NoteVerifier, String> witnessUrls) {
    /** Trusts nobody yet. */
    public static final TrustPolicy FIRST_USE = new TrustPolicy(List.of(), List.of(), Quorum.NONE);

    public TrustPolicy {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
        witnessUrls = Map.copyOf(witnessUrls);
    }

    public TrustPolicy(List<NoteVerifier> logs, List<NoteVerifier> witnesses, Quorum quorum) {
        this(logs, witnesses, quorum, Map.of());
    }

    /**
     * Reads a trust file, UTF-8 of at most 64 KiB.
     *
     * @throws TrustPolicyException naming the line
     */
    public static TrustPolicy parse(byte[] file) throws TrustPolicyException {
        return new TrustPolicyReader().read(file);
    }

    /** This policy with one log more to trust. */
    public TrustPolicy withLog(NoteVerifier log) {
        List<NoteVerifier> more = new ArrayList<>(logs);
        more.add(log);
        return new TrustPolicy(more, witnesses, quorum, witnessUrls);
    }

    /** Whether the file demands witnesses at all. */
    boolean demandsWitnesses() {
        return !quorum.isMetBy(Set.of());
    }
}
