// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.merkle.Hash;
import org.junit.jupiter.api.Test;

class LeafEncodingTest {
    private final byte[] zeros = new byte[32];

    /** Both figures come from sha256sum over the bytes of formats §2 and §4. */
    @Test
    void commitmentAndSubject_areTheOnesThatSha256sumGives() {
        assertThat(LeafEncoding.commitment(zeros, "{\"v\":1}".getBytes(UTF_8)).hex())
                .isEqualTo("e0893ba8c4f79cd4676656ebb3de4582506b41bc07d1b913ac497a6dbbd393b4");
        assertThat(LeafEncoding.subject("k7Q2mZ0pRb", zeros)).isEqualTo("KovR41F2bDYx5aKqeXXdqA");
    }

    @Test
    void salt_and_secret_have32Bytes() {
        assertThatThrownBy(() -> LeafEncoding.commitment(new byte[31], zeros))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LeafEncoding.subject("k7Q2mZ0pRb", new byte[33]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void entry_readsBack() {
        int code = 1;
        for (Entry.Type type : Entry.Type.values()) {
            Entry entry = new Entry(type, Hash.of(zeros));
            assertThat(Entry.parse(entry.bytes())).isEqualTo(entry);
            assertThat(entry.bytes()).hasSize(Entry.LENGTH).startsWith(code++);
            assertThat(entry.leafHash()).isEqualTo(Hash.ofLeaf(entry.bytes()));
        }
    }

    @Test
    void entry_refusesOtherLengthsAndTypes() {
        byte[][] bad = {new byte[0], new byte[32], new byte[33], new byte[34], {1}};
        for (byte[] bytes : bad) {
            assertThatThrownBy(() -> Entry.parse(bytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
