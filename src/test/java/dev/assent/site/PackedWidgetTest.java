// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedWidgetTest {
    private final PackedWidget widget = new PackedWidget();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"purposes\":[{\"id\":\"session\"}]}",
                "{\"purposes\":[{\"id\":\"session\",\"hosts\":[]}]}",
                "{\"matomo\":false,\"microsoftConsentMode\":false}",
                "{\"googleConsentMode\":true}",
            })
    void policyWithoutExtras_getsThePlainCore(String artefact) throws JsonException {
        assertThat(core(artefact)).isEqualTo(widget.plain().sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"purposes\":[{\"id\":\"session\"},{\"id\":\"x\",\"hosts\":[\"a.example\"]}]}",
                "{\"matomo\":true}",
                "{\"microsoftConsentMode\":true}",
                "{\"countShown\":true}",
                "{\"sampleUndeclared\":100}",
            })
    void policyWithExtras_getsTheFullCore(String artefact) throws JsonException {
        assertThat(core(artefact)).isEqualTo(widget.full().sha256());
    }

    @Test
    void packedBuilds_areFoundByTheirHash() {
        for (WidgetBuild build : widget.all()) {
            assertThat(widget.find(build.sha256()).map(WidgetBuild::sha256))
                    .contains(build.sha256());
        }
        assertThat(widget.find(Hash.of())).isEmpty();
    }

    private Hash core(String artefact) throws JsonException {
        return widget.coreFor(CanonicalJson.parseObject(artefact.getBytes(UTF_8))).sha256();
    }
}
