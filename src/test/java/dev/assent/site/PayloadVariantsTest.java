// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.merkle.Hash;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadVariantsTest {
    private static final String BOTH =
            "{\"defaultLanguage\":\"en\",\"site\":\"x\","
                    + "\"texts\":{\"en\":{\"title\":\"\\u003cA\"},\"fr\":{\"title\":\"B\"}}}";

    @Test
    void severalLanguages_haveAPayloadEach() {
        var variants = PayloadVariants.byLanguage(bytes(BOTH));
        assertThat(variants.keySet()).containsExactly("", "en", "fr");
        assertThat(text(variants.get(""))).isEqualTo(BOTH);
        assertThat(text(variants.get("en")))
                .isEqualTo(
                        "{\"defaultLanguage\":\"en\",\"site\":\"x\","
                                + "\"texts\":{\"en\":{\"title\":\"\\u003cA\"}}}");
        assertThat(text(variants.get("fr")))
                .isEqualTo(
                        "{\"defaultLanguage\":\"fr\",\"site\":\"x\","
                                + "\"texts\":{\"fr\":{\"title\":\"B\"}}}");
    }

    @Test
    void oneLanguage_hasOnePayload() {
        String one = "{\"defaultLanguage\":\"en\",\"texts\":{\"en\":{}}}";
        assertThat(PayloadVariants.byLanguage(bytes(one)).keySet()).containsExactly("");
    }

    @Test
    void notice_isAddedAndNothingElseChanges() {
        Instant at = Instant.parse("2027-03-01T00:00:00.500Z");
        var notice = new PayloadVariants.Notice(7, Hash.of(), at, 2);
        assertThat(text(PayloadVariants.with(notice, bytes(BOTH))))
                .isEqualTo(
                        "{\"defaultLanguage\":\"en\",\"notice\":{\"at\":1803859200,"
                                + "\"from\":1803686400,\"sha256\":\""
                                + Hash.of()
                                + "\",\"version\":7},"
                                + BOTH.substring(BOTH.indexOf("\"site\"")));
    }

    @Test
    void damagedPayload_isOursToMend() {
        assertThatThrownBy(() -> PayloadVariants.byLanguage(bytes("{")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void payload_isFoundAgainInItsScript() {
        WidgetBuild widget = WidgetBuild.of(bytes("show(assentPolicy)"));
        byte[] script = SiteScript.compose(widget, bytes(BOTH)).identity();
        assertThat(text(SiteScript.payload(script, widget))).isEqualTo(BOTH);
        assertThatThrownBy(() -> SiteScript.payload(script, WidgetBuild.of(bytes("other"))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(Objects.requireNonNull(bytes), UTF_8);
    }
}
