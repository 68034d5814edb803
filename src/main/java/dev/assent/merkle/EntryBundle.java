// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The entries under one tile of leaves, in order: each as its length in two bytes, the larger
 * first, and its bytes.
 *
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-tiles/v0.1.0/tlog-tiles.md">C2SP tlog-tiles
 *     0.1.0, log entries</a>
 */
public final class EntryBundle {
    private static final int MAX_ENTRY_LENGTH = 0xffff;

    private EntryBundle() {}

    /**
     * @param entries at most 256, each of at most 65,535 bytes
     */
    public static byte[] format(List<byte[]> entries) {
        requireCount(entries.size());
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_LENGTH) {
                throw new IllegalArgumentException("an entry has at most 65,535 bytes");
            }
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    /**
     * @throws IllegalArgumentException if the bundle ends within an entry or holds more than 256
     */
    public static List<byte[]> parse(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        int position = 0;
        while (position < bundle.length) {
            int start = position + 2;
            if (start > bundle.length) {
                throw new IllegalArgumentException("the bundle ends within a length");
            }
            int end = start + ((bundle[position] & 0xff) << 8 | (bundle[position + 1] & 0xff));
            if (end > bundle.length) {
                throw new IllegalArgumentException("the bundle ends within an entry");
            }
            entries.add(Arrays.copyOfRange(bundle, start, end));
            position = end;
        }
        requireCount(entries.size());
        return entries;
    }

    private static void requireCount(int count) {
        if (count > Tile.FULL_WIDTH) {
            throw new IllegalArgumentException("a bundle has at most 256 entries, not " + count);
        }
    }
}
