// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import dev.assent.receipt.Check.Result;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportVerifierTest {
    private final SampleLog log = new SampleLog();
    private final JsonObject artefact = SampleLog.artefact();
    private final int artefactIndex = log.add(Entry.Type.ARTEFACT, artefact);
    private final List<JsonObject> lines = new ArrayList<>();

    /** Records 5 to 12 of a site, of which 7 and 8 have been erased. */
    ExportVerifierTest() throws NoteException {
        List<Integer> indexes = new ArrayList<>();
        for (long seq = 5; seq <= 12; seq++) {
            indexes.add(log.addRecord(SampleLog.record(seq)));
        }
        JsonObject statement = statement(7, 8);
        int erasure = log.add(Entry.Type.ERASURE, statement);
        for (int i = 0; i < indexes.size(); i++) {
            long seq = 5L + i;
            lines.add(
                    seq == 7 || seq == 8
                            ? tombstone(seq, indexes.get(i), statement, erasure).json()
                            : log.bundle(
                                            SampleLog.record(seq),
                                            indexes.get(i),
                                            artefact,
                                            artefactIndex)
                                    .json());
        }
    }

    @Test
    void export_verifiesAsAWhole() throws IOException {
        Verdict verdict = verify(lines);
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.level()).isEqualTo("operator-signed");
        assertThat(verdict.checks().getFirst().detail()).isEqualTo("6 records, 2 erased");
        assertThat(verdict.checks().getLast().detail())
                .isEqualTo("site k7Q2mZ0pRb, records 5 to 12");
        assertThat(verdict.notes()).contains(ReceiptVerifier.FIRST_USE);
    }

    @Test
    void missingDoubledAndMovedLines_areRefused() throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            List<JsonObject> doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            assertThat(failed(doubled)).isEqualTo(Step.SEQUENCE);
            if (i > 0 && i < lines.size() - 1) {
                List<JsonObject> missing = new ArrayList<>(lines);
                missing.remove(i);
                Verdict verdict = verify(missing);
                assertThat(verdict.exitCode()).isEqualTo(1);
                assertThat(verdict.checks().getFirst().detail())
                        .isEqualTo("line %d: missing: records %d to %d", i + 1, i + 5, i + 5);
            }
            if (i > 0) {
                List<JsonObject> moved = new ArrayList<>(lines);
                Collections.swap(moved, i, i - 1);
                assertThat(failed(moved)).isEqualTo(Step.SEQUENCE);
            }
        }
    }

    @Test
    void tombstone_needsAStatementThatTakesItIn() throws IOException {
        JsonObject other = statement(8, 9);
        int otherIndex = log.add(Entry.Type.ERASURE, other);
        int asArtefact = log.add(Entry.Type.ARTEFACT, statement(7, 7));
        assertThat(failed(replace(2, tombstone(7, 3, other, otherIndex).json())))
                .isEqualTo(Step.COMMITMENT);
        assertThat(failed(replace(2, tombstone(7, 3, statement(7, 9), otherIndex).json())))
                .isEqualTo(Step.INCLUSION);
        assertThat(failed(replace(2, tombstone(7, 3, statement(7, 7), asArtefact).json())))
                .isEqualTo(Step.INCLUSION);
        int after = log.add(Entry.Type.ERASURE, statement(7, 7));
        assertThat(failed(replace(2, tombstone(7, after, statement(7, 7), after).json())))
                .isEqualTo(Step.INCLUSION);
        JsonObject tombstone = lines.get(2);
        assertThat(failed(replace(2, SampleLog.with(tombstone, "seq", new Int(9)))))
                .isEqualTo(Step.COMMITMENT);
        assertThat(failed(replace(2, SampleLog.with(tombstone, "index", new Int(1)))))
                .isEqualTo(Step.SEQUENCE);
        for (String key : tombstone.keys()) {
            assertThat(failed(replace(2, SampleLog.without(tombstone, key)))).isEqualTo(Step.PARSE);
        }
        JsonObject oddReason = SampleLog.with(statement(7, 7), "reason", new Text("because"));
        int oddIndex = log.add(Entry.Type.ERASURE, oddReason);
        assertThat(failed(replace(2, tombstone(7, 3, oddReason, oddIndex).json())))
                .isEqualTo(Step.COMMITMENT);
    }

    @Test
    void keyThatTheFirstLineBrings_isTheKeyOfAll() throws Exception {
        NoteSigner other =
                NoteSigner.parse(
                        NoteSigner.newKey(
                                log.key.verifier().name(),
                                SignatureType.ED25519,
                                new SecureRandom()));
        Text vkey = new Text(other.verifier().vkey());
        assertThat(failed(replace(0, SampleLog.with(lines.getFirst(), "vkey", vkey))))
                .isEqualTo(Step.SIGNATURE);
        assertThat(verify(replace(1, SampleLog.with(lines.get(1), "vkey", vkey))).ok()).isTrue();
    }

    @Test
    void anyFaultInALine_isNamedWithItsLine_andTheRestIsStillChecked() throws IOException {
        byte[] export = export(lines);
        export[export.length / 2] ^= 1;
        export[export.length - 20] ^= 1;
        Verdict verdict = verify(export);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.checks()).allMatch(check -> check.result() == Result.FAILED);
        assertThat(verdict.checks().getLast().detail()).startsWith("line 8: ");
        byte[] cut = Arrays.copyOf(export(lines), export.length - 100);
        assertThat(verify(cut).checks().getLast().step()).isEqualTo(Step.PARSE);
    }

    /** What is read only once must be refused as if it were read each time. */
    @Test
    void lineThatBeginsAsOneBefore_isReadToItsEnd() throws IOException {
        List<String> texts = new ArrayList<>(lines.stream().map(CanonicalJson::writeText).toList());
        String good = texts.get(1);
        int end = good.indexOf(",\"receipt\"");
        String start = good.substring(0, end);
        String artefact = start.substring(1);
        for (String bad :
                List.of(
                        start,
                        start + ",",
                        start + "}",
                        start + ",}",
                        start + "," + good.substring(end),
                        start + good.substring(end, good.length() - 1),
                        start + "," + artefact + good.substring(end),
                        start + ",\"Artefact\":{}" + good.substring(end),
                        start + ",\"more\":1" + good.substring(end),
                        start + good.substring(end) + "}",
                        start + good.substring(end).replace("assent/proof-bundle/v1", "x"),
                        start + good.substring(end).replace("proof-bundle", "tombstone"),
                        " ".repeat(ProofBundle.MAX_BYTES) + good,
                        good + " ".repeat(ProofBundle.MAX_BYTES))) {
            texts.set(1, bad);
            Verdict verdict = verify((String.join("\n", texts) + "\n").getBytes(UTF_8));
            assertThat(verdict.checks().getFirst().step()).as(bad).isEqualTo(Step.PARSE);
            assertThat(verdict.checks().getFirst().detail()).startsWith("line 2: ");
        }
        texts.set(1, start + " " + good.substring(end).replace("{", " {") + " ");
        assertThat(verify((String.join("\n", texts) + "\n").getBytes(UTF_8)).ok()).isTrue();
    }

    @Test
    void manyVersionsInTurn_areEachHeldAgainstTheirOwn() throws Exception {
        List<JsonObject> many = new ArrayList<>();
        List<JsonObject> artefacts = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        SampleLog other = new SampleLog();
        for (int i = 0; i < 7; i++) {
            JsonObject texts = SampleLog.json("{\"fr\":{\"title\":\"T%d\"}}".formatted(i));
            artefacts.add(SampleLog.with(artefact, "texts", texts));
            indexes.add(other.add(Entry.Type.ARTEFACT, artefacts.get(i)));
        }
        List<JsonObject> records = new ArrayList<>();
        for (int seq = 1; seq <= 60; seq++) {
            records.add(SampleLog.record(seq, artefacts.get(seq * seq % 7)));
            other.addRecord(records.getLast());
        }
        for (int seq = 1; seq <= 60; seq++) {
            int version = seq * seq % 7;
            many.add(
                    other.bundle(
                                    records.get(seq - 1),
                                    6 + seq,
                                    artefacts.get(version),
                                    indexes.get(version))
                            .json());
        }
        assertThat(verify(many).exitCode()).isZero();
        JsonObject wrong = many.get(40);
        JsonValue artefactOfAnother = many.get(41).find("artefact").orElseThrow();
        many.set(40, SampleLog.with(wrong, "artefact", artefactOfAnother));
        assertThat(failed(many)).isEqualTo(Step.ARTEFACT);
    }

    @Test
    void emptyGarbledAndEndlessExports_areRefused() throws IOException {
        assertThat(verify(new byte[0]).exitCode()).isEqualTo(1);
        assertThat(verify("\n\n\n".getBytes(UTF_8)).checks()).hasSize(3);
        Verdict many = verify("{}\n".repeat(1_000).getBytes(UTF_8));
        assertThat(many.checks()).hasSize(20);
        assertThat(many.notes().getFirst()).startsWith("1000 lines failed");
        assertThat(verify(new Repeated((byte) '{', 20_000_000)).exitCode()).isEqualTo(1);
        assertThat(verify(new Repeated((byte) '\n', 200_000)).exitCode()).isEqualTo(1);
    }

    private Tombstone tombstone(long seq, long index, JsonObject statement, int statementIndex) {
        return new Tombstone(
                "k7Q2mZ0pRb",
                seq,
                index,
                log.logged(statement, statementIndex),
                log.key.verifier().vkey(),
                Optional.empty());
    }

    private static JsonObject statement(long first, long last) {
        return SampleLog.json(
                """
                {"v":1,"site":"k7Q2mZ0pRb","first":%d,"last":%d,"reason":"request","at":"2026-12-01T00:00:00.000Z"}
                """
                        .formatted(first, last));
    }

    private List<JsonObject> replace(int i, JsonObject line) {
        List<JsonObject> replaced = new ArrayList<>(lines);
        replaced.set(i, line);
        return replaced;
    }

    private static Step failed(List<JsonObject> lines) throws IOException {
        Verdict verdict = verify(lines);
        assertThat(verdict.exitCode()).isEqualTo(1);
        return verdict.checks().getFirst().step();
    }

    private static Verdict verify(List<JsonObject> lines) throws IOException {
        return verify(export(lines));
    }

    private static Verdict verify(byte[] export) throws IOException {
        return verify(new ByteArrayInputStream(export));
    }

    private static Verdict verify(InputStream export) throws IOException {
        return new ExportVerifier(TrustPolicy.FIRST_USE, Optional.empty(), line -> {})
                .verify(export);
    }

    private static byte[] export(List<JsonObject> lines) {
        StringBuilder export = new StringBuilder();
        lines.forEach(line -> export.append(CanonicalJson.writeText(line)).append('\n'));
        return export.toString().getBytes(UTF_8);
    }

    /** One byte, again and again, from nowhere. */
    private static final class Repeated extends InputStream {
        private final byte value;
        private long left;

        Repeated(byte value, long length) {
            this.value = value;
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + count, value);
            left -= count;
            return count;
        }
    }
}
