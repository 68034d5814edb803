// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * What is gathered in memory until it is written, organization by organization, for nobody writes
 * for two at once. For any number of threads.
 */
final class Waiting<K, V> {
    private final int max;
    private final BinaryOperator<V> sum;
    private final Map<Long, Map<K, V>> byOrganization = new HashMap<>();

    /**
     * @param max kinds for an organization; one beyond is dropped until there is room
     * @param sum joins what is told of one kind
     */
    Waiting(int max, BinaryOperator<V> sum) {
        this.max = max;
        this.sum = sum;
    }

    synchronized void add(long organizationId, K kind, V value) {
        Map<K, V> kinds = byOrganization.computeIfAbsent(organizationId, id -> new HashMap<>());
        if (kinds.size() < max || kinds.containsKey(kind)) {
            kinds.merge(kind, value, sum);
        }
    }

    synchronized Set<Long> organizations() {
        return new TreeSet<>(byOrganization.keySet());
    }

    /** Hands what waits to {@code writer}, if anything does; it waits on if that fails. */
    void write(long organizationId, Consumer<Map<K, V>> writer) {
        Map<K, V> taken = take(organizationId);
        if (taken.isEmpty()) {
            return;
        }
        boolean written = false;
        try {
            writer.accept(taken);
            written = true;
        } finally {
            if (!written) {
                taken.forEach((kind, value) -> add(organizationId, kind, value));
            }
        }
    }

    private synchronized Map<K, V> take(long organizationId) {
        Map<K, V> taken = byOrganization.remove(organizationId);
        return taken == null ? Map.of() : taken;
    }
}
