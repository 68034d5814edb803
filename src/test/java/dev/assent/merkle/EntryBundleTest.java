// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
    @Test
    void format_putsTheLengthBeforeEachEntry() {
        byte[] bundle = EntryBundle.format(List.of(new byte[0], new byte[] {7, 8}));
        assertThat(bundle).containsExactly(0, 0, 0, 2, 7, 8);
        assertThat(EntryBundle.parse(bundle)).containsExactly(new byte[0], new byte[] {7, 8});
    }

    @Test
    void bundle_holdsTheLongestEntryAndTheLargestNumber() {
        byte[] longest = new byte[65_535];
        List<byte[]> entries = Collections.nCopies(256, longest);
        assertThat(EntryBundle.parse(EntryBundle.format(entries))).hasSize(256);
    }

    @Test
    void format_refusesTooLongAndTooMany() {
        for (List<byte[]> entries :
                List.of(List.of(new byte[65_536]), Collections.nCopies(257, new byte[0]))) {
            assertThatThrownBy(() -> EntryBundle.format(entries))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void parse_refusesTruncatedAndTooMany() {
        byte[][] bad = {{0}, {0, 1}, {0, 2, 7}, {0, 0, 0}, {1, 0, 7}, new byte[2 * 257]};
        for (byte[] bundle : bad) {
            assertThatThrownBy(() -> EntryBundle.parse(bundle))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
