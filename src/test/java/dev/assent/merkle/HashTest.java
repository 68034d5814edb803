// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
    private static final String EMPTY_HEX =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String EMPTY_BASE64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void emptyRoot_isTheHashOfNothing() {
        assertThat(Hash.EMPTY_ROOT.hex()).isEqualTo(EMPTY_HEX);
        assertThat(Hash.EMPTY_ROOT.base64()).isEqualTo(EMPTY_BASE64);
    }

    @Test
    void leafAndNode_areTheOnesOfRfc6962() {
        assertThat(Hash.ofLeaf(new byte[0]).hex())
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assertThat(Hash.ofLeaf("L123456".getBytes(US_ASCII)).hex())
                .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        assertThat(Hash.ofNode(hashOfText("N123"), hashOfText("N456"))).isNotNull();
    }

    @Test
    void of_joinsItsParts() {
        assertThat(Hash.of(new byte[] {1}, new byte[] {2, 3}))
                .isEqualTo(Hash.of(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(Hash.of(new byte[] {1, 2, 3}))
                .isNotEqualTo(Hash.of(new byte[] {1, 2}));
    }

    @Test
    void texts_readBack() {
        Hash hash = hashOfText("any");
        assertThat(Hash.fromHex(hash.hex())).isEqualTo(hash);
        assertThat(Hash.fromBase64(hash.base64())).isEqualTo(hash);
        assertThat(Hash.fromBase64Url(hash.base64Url())).isEqualTo(hash);
        assertThat(Hash.fromBytes(hash.bytes())).isEqualTo(hash);
        assertThat(hash.base64Url()).hasSize(43).doesNotContain("=", "+", "/");
    }

    @Test
    void bytes_areCopiedBothWays() {
        byte[] bytes = new byte[Hash.LENGTH];
        Hash hash = Hash.fromBytes(bytes);
        bytes[0] = 1;
        hash.bytes()[1] = 1;
        assertThat(hash.bytes()).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e3b0",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85500",
                " 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            })
    void fromHex_refuses(String text) {
        assertThatThrownBy(() -> Hash.fromHex(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu\u00E9U=",
            })
    void fromBase64_refuses(String text) {
        assertThatThrownBy(() -> Hash.fromBase64(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fromBytes_refusesOtherLengths() {
        for (int length : List.of(0, 31, 33)) {
            assertThatThrownBy(() -> Hash.fromBytes(new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Hash hashOfText(String text) {
        return Hash.of(text.getBytes(US_ASCII));
    }
}
