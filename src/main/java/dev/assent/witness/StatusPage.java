// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import dev.assent.note.Checkpoint;

/** What the witness says of itself at {@code GET /}. */
final class StatusPage {
    private StatusPage() {}

    static Answer of(Witness witness) {
        StringBuilder page =
                new StringBuilder(
                        """
                        This is a witness of transparency logs (C2SP tlog-witness), run with Assent.
                        It cosigns a checkpoint only if that continues the one it cosigned before.

                        """);
        page.append("key   ").append(witness.key().vkey()).append("\n");
        witness.logs().forEach(log -> append(page, log));
        return Answer.text(page.toString());
    }

    private static void append(StringBuilder page, WitnessedLog log) {
        Checkpoint last = log.last();
        page.append("\nlog   ").append(log.origin()).append("\n");
        page.append("size  ").append(last.size()).append("\n");
        page.append("root  ").append(last.root().base64()).append("\n");
        if (log.isForked()) {
            page.append("FORK  this log has signed two roots for one size\n");
        }
    }
}
