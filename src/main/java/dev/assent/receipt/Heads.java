// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The signed checkpoints of one file, each of which must be of the same log and give no second root
 * for a size.
 *
 * <p>So that memory does not grow, the first and the {@value #KEPT} that were met last are
 * remembered. An export of the service lies under one checkpoint; {@link #isForgetful} says where
 * so many came that two roots for one size could have been overlooked.
 */
final class Heads {
    static final int KEPT = 64;

    private final Map<Long, Head> last =
            new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Head> eldest) {
                    forgetful |= size() > KEPT;
                    return size() > KEPT;
                }
            };

    private Optional<Checkpoint> first = Optional.empty();
    private boolean forgetful;

    private record Head(Hash root, boolean grown) {}

    /**
     * Takes a checkpoint whose signature is verified.
     *
     * @throws Refusal of step 8 if it is of another log than those before, or contradicts one
     */
    void take(Checkpoint checkpoint) throws Refusal {
        Checkpoint earliest = first.orElse(checkpoint);
        first = Optional.of(earliest);
        require(earliest.origin().equals(checkpoint.origin()), "a checkpoint of another log");
        Head head = new Head(checkpoint.root(), false);
        Head known = last.getOrDefault(checkpoint.size(), head);
        boolean forked =
                !known.root().equals(checkpoint.root())
                        || (earliest.size() == checkpoint.size()
                                && !earliest.root().equals(checkpoint.root()));
        require(!forked, "two roots for one size: the log has forked");
        last.putIfAbsent(checkpoint.size(), head);
    }

    /** Whether a line before has proven that this checkpoint and the one kept are of one log. */
    boolean isGrown(Checkpoint checkpoint) {
        Head head = last.get(checkpoint.size());
        return head != null && head.grown() && head.root().equals(checkpoint.root());
    }

    /** Remembers that this line has proven it. */
    void setGrown(Checkpoint checkpoint) {
        last.put(checkpoint.size(), new Head(checkpoint.root(), true));
    }

    /** Whether there were more checkpoints than are remembered. */
    boolean isForgetful() {
        return forgetful;
    }

    private static void require(boolean holds, String otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(Step.CONSISTENCY, otherwise);
        }
    }
}
