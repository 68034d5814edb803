// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-21T10:00:03.480Z"));

    @Test
    void newKey_signsWhatItsVkeyVerifies() throws NoteException {
        for (SignatureType type : SignatureType.values()) {
            String skey = NoteSigner.newKey("consent.example.com/log", type, new SecureRandom());
            NoteSigner signer =
                    type == SignatureType.ED25519
                            ? NoteSigner.parse(skey)
                            : NoteSigner.cosigner(skey, CLOCK);
            NoteVerifier verifier = NoteVerifier.parse(signer.verifier().vkey());
            assertThat(verifier).isEqualTo(signer.verifier());
            Note note = Note.parse(Note.sign("text\n", signer).format());
            assertThat(note.verify(List.of(verifier))).hasSize(1);
            assertThat(signer.toString()).doesNotContain(skey);
        }
    }

    @Test
    void cosignature_statesItsTimeAndSignsIt() throws NoteException {
        NoteSigner witness = witness();
        Note note = Note.sign("text\n", witness);
        NoteSignature signature = note.signatures().getFirst();
        assertThat(Cosignature.time(signature)).isEqualTo(Instant.parse("2026-11-21T10:00:03Z"));
        byte[] bytes = signature.signature();
        assertThat(bytes).hasSize(72);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= (byte) 0x80;
            Note other =
                    new Note(note.text(), List.of(NoteSignature.of(witness.verifier(), damaged)));
            assertThatThrownBy(() -> other.verify(List.of(witness.verifier())))
                    .hasMessageContaining("is false");
        }
    }

    @Test
    void typesOfSignature_areNotMistakenForOneAnother() throws NoteException {
        String skey = NoteSigner.newKey("name", SignatureType.ED25519, new SecureRandom());
        assertThatThrownBy(() -> NoteSigner.cosigner(skey, CLOCK))
                .hasMessageContaining("not for COSIGNATURE_V1");
        NoteSigner log = NoteSigner.parse(skey);
        String cosigned = "cosignature/v1\ntime 0\ntext\n";
        NoteSignature signature = log.sign(cosigned);
        Note asNote = new Note("text\n", List.of(signature));
        assertThatThrownBy(() -> asNote.verify(List.of(log.verifier())))
                .isInstanceOf(NoteException.class);
        assertThat(new Note(cosigned, List.of(signature)).verify(List.of(log.verifier())))
                .hasSize(1);
    }

    /** The example of C2SP tlog-cosignature, whose witness's public key is not given there. */
    @Test
    void cosignature_readsTheTimeOfTheExample() throws NoteException {
        NoteSignature signature =
                NoteSignature.parse(
                        "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==");
        assertThat(Cosignature.time(signature)).isEqualTo(Instant.ofEpochSecond(1679315147));
        assertThat(signature.signature()).hasSize(72);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/foo+530d903a",
                "example.com/foo+530d903a+",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2l",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAA==",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
                "example com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg",
            })
    void vkey_refuses(String vkey) {
        assertThatThrownBy(() -> NoteVerifier.parse(vkey)).isInstanceOf(NoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PRIVATE+KEY+",
                "example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg",
                "PRIVATE+KEY+example.com/log/testdata+33d7b497+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg",
                "PRIVATE+KEY+example.com/log/testdatb+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg",
                "PRIVATE+KEY+example.com/log/testdata+33d7b496+BOymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg",
                "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eh",
            })
    void skey_refuses(String skey) {
        assertThatThrownBy(() -> NoteSigner.parse(skey)).isInstanceOf(NoteException.class);
    }

    @Test
    void newKey_refusesANameThatCannotBeWritten() {
        for (String name : List.of("", "a b", "a+b", "a\nb")) {
            assertThatThrownBy(() ->
                            NoteSigner.newKey(name, SignatureType.ED25519, new SecureRandom()))
                    .isInstanceOf(NoteException.class);
        }
    }

    private static NoteSigner witness() throws NoteException {
        return NoteSigner.cosigner(
                NoteSigner.newKey(
                        "witness.example/w1", SignatureType.COSIGNATURE_V1, new SecureRandom()),
                CLOCK);
    }
}
