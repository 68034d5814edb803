// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every way to spoil a path by one step: a hash changed, dropped, doubled, added or swapped. */
final class DamagedPath {
    private DamagedPath() {}

    static List<List<Hash>> all(List<Hash> path) {
        List<List<Hash>> damaged = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            changed(path, i, damaged);
        }
        List<Hash> longer = new ArrayList<>(path);
        longer.add(Hash.EMPTY_ROOT);
        damaged.add(longer);
        damaged.add(longer.reversed());
        return damaged;
    }

    private static void changed(List<Hash> path, int i, List<List<Hash>> damaged) {
        List<Hash> other = new ArrayList<>(path);
        byte[] bytes = path.get(i).bytes();
        bytes[i % Hash.LENGTH] ^= (byte) (1 << (i % 8));
        other.set(i, Hash.fromBytes(bytes));
        damaged.add(other);
        List<Hash> shorter = new ArrayList<>(path);
        shorter.remove(i);
        damaged.add(shorter);
        List<Hash> doubled = new ArrayList<>(path);
        doubled.add(i, path.get(i));
        damaged.add(doubled);
        if (i > 0) {
            List<Hash> swapped = new ArrayList<>(path);
            Collections.swap(swapped, i - 1, i);
            damaged.add(swapped);
        }
    }
}
