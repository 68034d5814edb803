// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddCheckpointTest {
    /** The example of C2SP tlog-witness 1.0.0. */
    private static final String EXAMPLE =
            """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            \u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
            """;

    private static final String NOTE = EXAMPLE.substring(EXAMPLE.indexOf("\n\n") + 2);
    private static final String HASH = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";

    @Test
    void example_isReadAndWrittenByteForByte() throws Exception {
        AddCheckpoint request = AddCheckpoint.parse(EXAMPLE.getBytes(UTF_8));
        assertThat(request.oldSize()).isEqualTo(20_852_014);
        assertThat(request.proof()).hasSize(4);
        assertThat(request.checkpoint().signatures()).hasSize(2);
        assertThat(Checkpoint.parse(request.checkpoint().text()).size()).isEqualTo(20_852_163);
        assertThat(new String(request.format(), UTF_8)).isEqualTo(EXAMPLE);
    }

    @Test
    void proof_mayBeEmptyAndHasAtMost63Hashes() throws Exception {
        assertThat(parse("old 0\n\n" + NOTE).proof()).isEmpty();
        assertThat(parse("old 1\n" + HASH.repeat(63) + "\n" + NOTE).proof()).hasSize(63);
        assertThatThrownBy(() -> parse("old 1\n" + HASH.repeat(64) + "\n" + NOTE))
                .isInstanceOf(NoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "old",
                "old \n\n",
                "old 0\n",
                "old 0\n\n",
                "\nold 0\n\nNOTE",
                "old 0\nNOTE",
                "old 00\n\nNOTE",
                "old +1\n\nNOTE",
                "old -1\n\nNOTE",
                "old 1.0\n\nNOTE",
                "old 0x1\n\nNOTE",
                "old ١\n\nNOTE",
                "old  1\n\nNOTE",
                "old 1 \n\nNOTE",
                "old 1\r\n\r\nNOTE",
                "old 9223372036854775808\n\nNOTE",
                "Old 1\n\nNOTE",
                "new 1\n\nNOTE",
                "1\n\nNOTE",
                "old 1\nHASH \n\nNOTE",
                "old 1\n HASH\n\nNOTE",
                "old 1\nHASHHASH\n\nNOTE",
                "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw\n\nNOTE",
                "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkax=\n\nNOTE",
                "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpka==\n\nNOTE",
                "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpk-_=\n\nNOTE",
                "old 1\nAA==\n\nNOTE",
                "old 1\n\nNOTEmore",
                "old 1\n\nexample.com\n1\n",
            })
    void parse_refuses(String body) {
        String request = body.replace("NOTE", NOTE).replace("HASH", HASH.strip());
        assertThatThrownBy(() -> parse(request)).isInstanceOf(NoteException.class);
    }

    @Test
    void parse_refusesBadUtf8AndTooMuch() {
        byte[] bad = EXAMPLE.getBytes(UTF_8);
        bad[EXAMPLE.indexOf("example.com")] = (byte) 0xff;
        assertThatThrownBy(() -> AddCheckpoint.parse(bad)).isInstanceOf(NoteException.class);
        assertThatThrownBy(() -> parse(EXAMPLE + "x".repeat(AddCheckpoint.MAX_BYTES) + "\n"))
                .isInstanceOf(NoteException.class);
    }

    @Test
    void size_isADecimalAndALineEnd() throws Exception {
        assertThat(AddCheckpoint.formatSize(4711)).isEqualTo("4711\n");
        assertThat(AddCheckpoint.parseSize("4711\n")).isEqualTo(4711);
        for (String bad : new String[] {"", "\n", "4711", "4711\n\n", "04\n", "-1\n", "1 \n"}) {
            assertThatThrownBy(() -> AddCheckpoint.parseSize(bad))
                    .isInstanceOf(NoteException.class);
        }
    }

    private static AddCheckpoint parse(String body) throws NoteException {
        return AddCheckpoint.parse(body.getBytes(UTF_8));
    }
}
