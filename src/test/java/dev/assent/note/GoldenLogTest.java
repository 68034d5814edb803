// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.merkle.Hash;
import dev.assent.merkle.InvalidProofException;
import dev.assent.merkle.Prover;
import dev.assent.merkle.TestTree;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of formats §6, which other implementations make alike, byte for byte. */
class GoldenLogTest {
    private static final String SKEY =
            "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";
    private static final String CHECKPOINT =
            """
            example.com/log/testdata
            15
            rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

            \u2014 example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=
            """;

    private final TestTree tree =
            TestTree.ofEntries(
                    Stream.of(
                            "one",
                            "two",
                            "three",
                            "four",
                            "five",
                            "six",
                            "seven",
                            "eit",
                            "nain",
                            "ten",
                            "ileven",
                            "twelf",
                            "threeten",
                            "fourten",
                            "fivten"));
    private final NoteSigner signer;
    private final NoteVerifier key;

    GoldenLogTest() throws NoteException {
        signer = NoteSigner.parse(SKEY);
        key = signer.verifier();
    }

    @Test
    void checkpoint_isTheGoldenOne() throws NoteException {
        Hash root = new Prover(tree).root(15);
        String text = new Checkpoint("example.com/log/testdata", 15, root).text();
        assertThat(Note.sign(text, signer).format()).isEqualTo(CHECKPOINT);
        Checkpoint opened = Checkpoint.open(Note.parse(CHECKPOINT), key);
        assertThat(opened.size()).isEqualTo(15);
        assertThat(opened.root()).isEqualTo(root);
        assertThat(opened.text()).isEqualTo(text);
    }

    @Test
    void proofs_verifyForEveryEntry_andForNoOther() throws Exception {
        for (int index = 0; index < 15; index++) {
            String text = proof(index).format();
            TlogProof parsed = TlogProof.parse(text);
            assertThat(parsed.format()).isEqualTo(text);
            assertThat(parsed.verify(tree.leaves().get(index), key).size()).isEqualTo(15);
            Hash other = tree.leaves().get((index + 1) % 15);
            assertThatThrownBy(() -> parsed.verify(other, key))
                    .isInstanceOf(InvalidProofException.class);
        }
    }

    @Test
    void everyChangedByteOfAProof_isRefused() throws Exception {
        byte[] proof = proof(6).format().getBytes(StandardCharsets.UTF_8);
        Hash leaf = tree.leaves().get(6);
        for (int i = 0; i < proof.length; i++) {
            byte[] damaged = proof.clone();
            damaged[i] ^= (byte) (1 << (i % 8));
            assertThat(accepts(damaged, leaf)).as("byte %d", i).isFalse();
        }
    }

    @Test
    void extra_isCarriedAsItIs() throws NoteException {
        byte[] extra = {0, 1, 2, 3};
        TlogProof proof =
                TlogProof.of(extra, new Prover(tree).inclusion(0, 15), Note.parse(CHECKPOINT));
        TlogProof parsed = TlogProof.parse(proof.format());
        assertThat(parsed).isEqualTo(proof);
        assertThat(parsed.extra()).isEqualTo(Optional.of("AAECAw=="));
        assertThat(parsed.extraBytes().orElseThrow()).isEqualTo(extra);
    }

    @Test
    void checkpointOfAnotherLogOrKey_isRefused() throws NoteException {
        NoteSigner other =
                NoteSigner.parse(
                        NoteSigner.newKey(key.name(), SignatureType.ED25519, new SecureRandom()));
        Note note = Note.parse(CHECKPOINT);
        assertThatThrownBy(() -> Checkpoint.open(note, other.verifier()))
                .hasMessageContaining("no known key");
        Note renamed = Note.sign(note.text().replace("testdata", "elsewhere"), signer);
        assertThatThrownBy(() -> Checkpoint.open(renamed, key)).hasMessageContaining("another log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "example.com/log\n",
                "example.com/log\n15\n",
                "example.com/log\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=",
                "\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n015\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n+15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n-1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n-0\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n0\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n1e1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n15 \nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n\u0661\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n9223372036854775808\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "example.com/log\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs\n",
                "example.com/log\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383ct=\n",
                "example.com/log\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja_1nk427v383cs=\n",
                "example.com/log\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\n",
                "example.com/log\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\nmore\n",
            })
    void checkpoint_refuses(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(NoteException.class);
    }

    @Test
    void checkpoint_keepsFurtherLines() throws NoteException {
        String text = "example.com/log\n0\n" + Hash.EMPTY_ROOT.base64() + "\nmore\nand more\n";
        Checkpoint checkpoint = Checkpoint.parse(text);
        assertThat(checkpoint.extensions()).containsExactly("more", "and more");
        assertThat(checkpoint.text()).isEqualTo(text);
    }

    @Test
    void proof_refusesOtherForms() throws NoteException {
        String proof = proof(0).format();
        for (String bad :
                List.of(
                        "",
                        "\n\n",
                        proof.replace("@v1", "@v2"),
                        proof.replace("index 0\n", ""),
                        proof.replace("index 0", "index 00"),
                        proof.replace("index 0", "index 007"),
                        proof.replace("index 0", "index -0"),
                        proof.replace("index 0", "index  0"),
                        proof.replace("index 0", "index 9223372036854775808"),
                        proof.replace("index 0", "Index 0"),
                        proof.replace("index 0", "extra \nindex 0"),
                        proof.replace("index 0", "extra\nindex 0"),
                        proof.replace("index 0", "extra AAF=\nindex 0"),
                        proof.replace("index 0", "extra AA\nindex 0"),
                        proof.replace("index 0", "extra AA==\nextra AA==\nindex 0"),
                        proof.replace("index 0", "index 0\nextra AA=="),
                        proof.replace("index 0", "index 0\nAA=="),
                        proof.replace("index 0", "index 0\nindex 0"),
                        proof.replace("index 0\n", "index 0\n" + hashLine().repeat(65)),
                        proof.replace("\n", "\r\n"),
                        " " + proof,
                        "\uFEFF" + proof,
                        proof + "\n",
                        proof.substring(0, proof.length() - 1),
                        proof.substring(0, proof.indexOf("\n\n") + 1),
                        CHECKPOINT,
                        "x".repeat(10_000_000))) {
            assertThatThrownBy(() -> TlogProof.parse(bad)).isInstanceOf(NoteException.class);
        }
    }

    private TlogProof proof(int index) throws NoteException {
        return TlogProof.of(new Prover(tree).inclusion(index, 15), Note.parse(CHECKPOINT));
    }

    private boolean accepts(byte[] proof, Hash leaf) {
        try {
            TlogProof.parse(proof).verify(leaf, key);
            return true;
        } catch (NoteException | InvalidProofException e) {
            return false;
        }
    }

    private static String hashLine() {
        return Hash.EMPTY_ROOT.base64() + "\n";
    }
}
