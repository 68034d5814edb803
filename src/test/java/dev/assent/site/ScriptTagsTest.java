// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.site.ScriptTags.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTagsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script async src=\"/w/a.js\"></script>",
                "<SCRIPT SRC='/w/a.js' ASYNC></SCRIPT>",
                "<script\n  src=/w/a.js\n  async></script>",
                "<script data-x=\"a>b\" src=\"/w/a.js\">",
                "<script type=\"module\" src=\"/w/a.js\"></script>",
                "<p><!-- a comment --><script src=\"/w/a.js\"></script>"
            })
    void script_isFoundHoweverItIsWritten(String html) {
        assertThat(ScriptTags.in(html)).containsExactly(new Tag("/w/a.js", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<p>src=\"/w/a.js\"</p>",
                "<script>const src = '/w/a.js'</script>",
                "<script data-src=\"/w/a.js\"></script>",
                "<!-- <script src=\"/w/a.js\"></script> -->",
                "<!-- <script src=\"/w/a.js\"></script>",
                "<scripts src=\"/w/a.js\">",
                "<script src=\"/w/a.js\""
            })
    void whatIsNoScript_isNotFound(String html) {
        assertThat(ScriptTags.in(html)).isEmpty();
    }

    @Test
    void heldScript_isToldApart() {
        assertThat(ScriptTags.in("<script type=\"text/plain\" src=\"/a?x=1&amp;y=2\"></script>"))
                .containsExactly(new Tag("/a?x=1&y=2", false));
    }

    @Test
    void hostilePage_takesNoTime() {
        String open = "<script ".repeat(120_000);
        assertThat(ScriptTags.in(open)).isEmpty();
        assertThat(ScriptTags.in("<script \"".repeat(100_000))).isEmpty();
        assertThat(ScriptTags.in("<script>".repeat(120_000))).isEmpty();
        assertThat(ScriptTags.in("<script></script>".repeat(60_000))).isEmpty();
        assertThat(ScriptTags.in("<!--".repeat(200_000))).isEmpty();
    }
}
