// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the vector of C2SP signed-note. */
class NoteTest {
    private static final String VKEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String LINE =
            "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private static final String TEXT = "This is an example message.\n";
    private static final String NOTE = TEXT + "\n" + LINE;

    private final NoteVerifier key;

    NoteTest() throws NoteException {
        key = NoteVerifier.parse(VKEY);
    }

    @Test
    void vector_verifies() throws NoteException {
        Note note = Note.parse(NOTE.getBytes(UTF_8));
        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(note.verify(List.of(key)).keySet()).containsExactly(key);
        assertThat(note.format()).isEqualTo(NOTE);
        assertThat(key.vkey()).isEqualTo(VKEY);
    }

    @Test
    void everyChangedByte_isRefused() {
        byte[] bytes = NOTE.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> Note.parse(damaged).verify(List.of(key)))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(NoteException.class);
            }
        }
    }

    @Test
    void everyTruncation_isRefused() {
        for (int length = 0; length < NOTE.length(); length++) {
            String shorter = NOTE.substring(0, length);
            assertThatThrownBy(() -> Note.parse(shorter).verify(List.of(key)))
                    .isInstanceOf(NoteException.class);
        }
    }

    @Test
    void unknownKeys_arePassedOver() throws NoteException {
        String sameName = "\u2014 example.com/foo AAAAAAAA\n";
        String sameId = "\u2014 example.com/bar " + LINE.substring(LINE.lastIndexOf(' ') + 1);
        Note note = Note.parse(TEXT + "\n" + sameName + sameId + LINE);
        assertThat(note.verify(List.of(key))).hasSize(1);
        assertThatThrownBy(() -> Note.parse(TEXT + "\n" + sameName).verify(List.of(key)))
                .hasMessageContaining("no known key");
        assertThat(Note.parse(TEXT + "\n" + sameId).signedBy(List.of(key))).isEmpty();
    }

    @Test
    void oneFalseSignatureOfAKnownKey_refusesTheNote() throws NoteException {
        String other = LINE.replace("eyaQM=", "eyaQI=");
        for (String note : List.of(NOTE + other, TEXT + "\n" + other + LINE)) {
            assertThatThrownBy(() -> Note.parse(note).verify(List.of(key)))
                    .hasMessageContaining("is false");
        }
        Note shorter = Note.parse(TEXT + "\n\u2014 example.com/foo Uw2QOkk=\n");
        assertThatThrownBy(() -> shorter.verify(List.of(key))).hasMessageContaining("is false");
    }

    @Test
    void text_mayHoldBlankLines() throws NoteException {
        assertThat(Note.parse("a\n\nb\n\n" + LINE).text()).isEqualTo("a\n\nb\n");
    }

    @Test
    void signatures_areTakenUpToTheirNumber() throws NoteException {
        String most = TEXT + "\n" + LINE.repeat(Note.MAX_SIGNATURES);
        assertThat(Note.parse(most).verify(List.of(key))).hasSize(1);
        assertThatThrownBy(() -> Note.parse(most + LINE)).hasMessageContaining("at most 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text",
                "text\n",
                "text\n\n",
                "text\n\nother\n",
                "text\n\n\u2014 \n",
                "text\n\n\u2014 name\n",
                "text\n\n\u2014 name \n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAA==\n",
                "text\n\n\u2014  AAAAAAA=\n",
                "text\n\n\u2014 a+b AAAAAAA=\n",
                "text\n\n\u2014 a\u00a0b AAAAAAA=\n",
                "text\n\n\u2014 a\u0085b AAAAAAA=\n",
                "text\n\n\u2014 a\u2003b AAAAAAA=\n",
                "text\n\n\u2014 name AAAAAAB=\n",
                "text\n\n\u2014 name AAAAAAA\n",
                "text\n\n\u2014 name AAAAAAA= \n",
                "text\n\n\u2014 name AAAA AAA=\n",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n\u2013 name AAAAAAA=\n",
                "text\n\n\u2014 name AAAAAAA=\r\n",
                "text\r\n\r\n\u2014 name AAAAAAA=\n",
                "text\t\n\n\u2014 name AAAAAAA=\n",
                "te\u0000xt\n\n\u2014 name AAAAAAA=\n",
            })
    void parse_refuses(String note) {
        assertThatThrownBy(() -> Note.parse(note)).isInstanceOf(NoteException.class);
        assertThatThrownBy(() -> Note.parse(note.getBytes(UTF_8)))
                .isInstanceOf(NoteException.class);
    }

    @Test
    void parse_refusesBadUtf8AndTooMuch() {
        byte[] bad = NOTE.getBytes(UTF_8);
        bad[3] = (byte) 0xff;
        assertThatThrownBy(() -> Note.parse(bad)).hasMessageContaining("UTF-8");
        byte[] garbage = new byte[10_000_000];
        assertThatThrownBy(() -> Note.parse(garbage)).hasMessageContaining("at most");
        assertThatThrownBy(() -> Note.parse("x".repeat(10_000_000) + NOTE))
                .hasMessageContaining("at most");
    }
}
