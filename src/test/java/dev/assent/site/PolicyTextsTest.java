// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTextsTest {

    @Test
    void languagesOffered_areThoseWithTexts() {
        assertThat(PolicyTexts.BUILT_IN)
                .hasSize(30)
                .isSorted()
                .allSatisfy(language ->
                        assertThat(PolicyTexts.builtIn(language, "title")).isNotEmpty());
    }

    @Test
    void keys_beginWithTheBannerAndReachEveryText() {
        assertThat(PolicyTexts.keys())
                .startsWith("title", "body", "acceptAll", "rejectAll", "choose", "changes")
                .contains("gpc", "details/types/cookie", "details/actions/gpc")
                .doesNotHaveDuplicates()
                .noneMatch(key -> key.startsWith("purposes"));
    }

    @Test
    void vendorsTag_amongWhatIsRequired_isWarnedOf() {
        var tracker = new Tracker("_ga", "cookie", null, null, null, "exact", false);
        var own = new Tracker("sid", "cookie", "Shop Ltd", null, null, "exact", false);
        assertThat(PolicyWarnings.of(List.of(purpose(true, tracker))))
                .singleElement()
                .asString()
                .contains("always on", "_ga");
        assertThat(PolicyWarnings.of(List.of(purpose(false, tracker), purpose(true, own))))
                .isEmpty();
    }

    private static Purpose purpose(boolean required, Tracker tracker) {
        return new Purpose("p", required, null, List.of(), List.of(), false, List.of(tracker));
    }
}
