// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import dev.assent.merkle.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SiteScriptTest {
    private static final WidgetBuild WIDGET =
            WidgetBuild.of("show(assentPolicy) // é".getBytes(UTF_8));
    private static final byte[] PAYLOAD = "{\"text\":\"déjà \u2028 vu\"}".getBytes(UTF_8);

    private final SiteScript script = SiteScript.compose(WIDGET, PAYLOAD);

    @Test
    void composed_isOneCallOfTheWidgetWithThePolicy() {
        assertThat(new String(script.identity(), UTF_8))
                .isEqualTo(
                        """
                        //# allFunctionsCalledOnLoad
                        (function(assentPolicy){show(assentPolicy) // é
                        })({"text":"déjà %s vu"});
                        """
                                .formatted("\u2028"));
        assertThat(script.sha256()).isEqualTo(Hash.of(script.identity()));
    }

    @Test
    void payload_isFoundInScriptsWithAndWithoutTheHint() {
        String text = new String(script.identity(), UTF_8);
        byte[] older = text.substring(text.indexOf('\n') + 1).getBytes(UTF_8);
        assertThat(SiteScript.payload(script.identity(), WIDGET)).isEqualTo(PAYLOAD);
        assertThat(SiteScript.payload(older, WIDGET)).isEqualTo(PAYLOAD);
    }

    @Test
    void compressedForms_holdTheSameScript() throws IOException {
        assertThat(new GZIPInputStream(new ByteArrayInputStream(script.gzip())).readAllBytes())
                .isEqualTo(script.identity());
        assertThat(Decoder.decompress(script.brotli()).getDecompressedData())
                .isEqualTo(script.identity());
    }

    @Test
    void compressedForms_areTheSameEachTime() {
        SiteScript again = SiteScript.compose(WIDGET, PAYLOAD);
        assertThat(again.gzip()).isEqualTo(script.gzip());
        assertThat(again.brotli()).isEqualTo(script.brotli());
    }

    @Test
    void widgetBuild_isNamedByItsHash() {
        byte[] bytes = {1, 2, 3};
        WidgetBuild build = WidgetBuild.of(bytes);
        bytes[0] = 9;
        assertThat(build.script()).containsExactly(1, 2, 3);
        assertThat(build.sha256()).isEqualTo(Hash.of(new byte[] {1, 2, 3}));
    }
}
