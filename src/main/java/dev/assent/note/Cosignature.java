// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.time.Instant;

/**
 * When a witness says that it saw a checkpoint.
 *
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-cosignature/v1.0.1/tlog-cosignature.md">C2SP
 *     tlog-cosignature 1.0.1</a>
 */
public final class Cosignature {
    private Cosignature() {}

    /**
     * The time in a verified signature of type {@link SignatureType#COSIGNATURE_V1}, in whole
     * seconds; {@link Instant#MAX} for one that lies beyond it.
     */
    public static Instant time(NoteSignature signature) {
        long epochSecond = SignatureType.time(signature.signature());
        return epochSecond > Instant.MAX.getEpochSecond()
                ? Instant.MAX
                : Instant.ofEpochSecond(epochSecond);
    }
}
