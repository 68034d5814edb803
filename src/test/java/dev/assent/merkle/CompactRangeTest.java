// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactRangeTest {
    /** The tree that the first implementations of RFC 6962 were tested with. */
    private static final List<String> ENTRIES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS =
            List.of(
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void root_isTheOneOfRfc6962() {
        CompactRange range = CompactRange.EMPTY;
        assertThat(range.root()).isEqualTo(Hash.EMPTY_ROOT);
        for (int i = 0; i < ENTRIES.size(); i++) {
            range = range.append(Hash.ofLeaf(HexFormat.of().parseHex(ENTRIES.get(i))));
            assertThat(range.root().hex()).as("size %d", i + 1).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void root_isThatOfTheDefinition_atEverySize() {
        TestTree tree = TestTree.ofSize(600);
        CompactRange range = CompactRange.EMPTY;
        for (int size = 0; size <= 600; size++) {
            assertThat(range.root()).as("size %d", size).isEqualTo(tree.root(size));
            assertThat(new Prover(tree).compactRange(size)).isEqualTo(range);
            if (size < 600) {
                range = range.append(tree.leaves().get(size));
            }
        }
    }

    @Test
    void range_refusesAnotherNumberOfHashes() {
        for (long size : new long[] {-1, 0, 2, 3, Long.MIN_VALUE}) {
            List<Hash> hashes = size == 2 ? List.of() : List.of(Hash.EMPTY_ROOT);
            assertThatThrownBy(() -> new CompactRange(size, hashes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
