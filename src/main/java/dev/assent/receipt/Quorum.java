// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.NoteVerifier;
import java.util.List;
import java.util.Set;

/** Which witnesses, taken together, are enough. */
public sealed interface Quorum {
    /** Nobody is needed. */
    Quorum NONE = new Group(0, List.of());

    /** Whether these witnesses are enough. */
    boolean isMetBy(Set<NoteVerifier> cosigned);

    /** This witness. */
    record Witness(NoteVerifier key) implements Quorum {
        @Override
        public boolean isMetBy(Set<NoteVerifier> cosigned) {
            return cosigned.contains(key);
        }
    }

    /** At least {@code threshold} of the members. */
    record Group(int threshold, List<Quorum> members) implements Quorum {
        public Group {
            members = List.copyOf(members);
        }

        @Override
        public boolean isMetBy(Set<NoteVerifier> cosigned) {
            return members.stream().filter(member -> member.isMetBy(cosigned)).count() >= threshold;
        }
    }
}
