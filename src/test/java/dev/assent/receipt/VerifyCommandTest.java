// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final SampleLog log = new SampleLog();
    private final String vkey = log.key.verifier().vkey();

    @TempDir private Path folder;
    private String receipt = "";
    private String bundle = "";
    private String export = "";
    private String checkpoint = "";

    VerifyCommandTest() throws NoteException {}

    @BeforeEach
    void writeFiles() throws IOException {
        int artefact = log.add(Entry.Type.ARTEFACT, SampleLog.artefact());
        int first = log.addRecord(SampleLog.record(1));
        int second = log.addRecord(SampleLog.record(2));
        receipt = write("a.tlog-proof", log.receipt(SampleLog.record(1), first, 3).format());
        String one = bundle(1, first, artefact);
        bundle = write("a.json", one);
        export = write("a.export", one + bundle(2, second, artefact));
        checkpoint = write("kept", log.checkpoint(3).format());
    }

    @Test
    void validFiles_giveZero() {
        assertThat(run(receipt, "--vkey", vkey)).isZero();
        assertThat(text(out)).contains("VALID, operator-signed", "passed  5 inclusion");
        assertThat(text(out)).contains(ReceiptVerifier.LIMITS).doesNotContain("first use");
        assertThat(run(bundle)).isZero();
        assertThat(text(out)).contains("trust on first use");
        assertThat(run("--vkey", vkey, bundle)).isZero();
        assertThat(run(export)).isZero();
        assertThat(text(out)).contains("site k7Q2mZ0pRb, records 1 to 2");
        assertThat(run(bundle, "--since", checkpoint)).isZero();
        assertThat(text(err)).isEmpty();
    }

    @Test
    void json_isOneLine() throws JsonException {
        assertThat(run("--json", bundle)).isZero();
        JsonObject verdict = CanonicalJson.parseObject(out.toByteArray());
        assertThat(verdict.bool("ok")).isTrue();
        assertThat(verdict.text("level")).isEqualTo("operator-signed");
        assertThat(verdict.array("checks")).hasSize(8);
    }

    @Test
    void damagedFiles_giveOne() throws IOException {
        String damaged =
                write(
                        "b.tlog-proof",
                        Files.readString(Path.of(receipt)).replace("index 1", "index 2"));
        assertThat(run(damaged, "--vkey", vkey)).isEqualTo(1);
        assertThat(text(out)).contains("failed  5 inclusion", "INVALID");
        String half = write("b.ndjson", Files.readString(Path.of(bundle)).substring(0, 999));
        assertThat(run(half)).isEqualTo(1);
        assertThat(run(write("empty.ndjson", ""))).isEqualTo(1);
        assertThat(run(write("empty", ""), "--vkey", vkey)).isEqualTo(1);
    }

    @Test
    void archive_isToBeUnpacked() throws IOException {
        String pack = write("pack.zip", "PK\u0003\u0004\u0014\0\0\0");
        for (String[] words : new String[][] {{pack}, {pack, "--vkey", vkey}}) {
            err.reset();
            assertThat(run(words)).isEqualTo(2);
            assertThat(text(err))
                    .isEqualTo(
                            "verify: This is a ZIP archive. Unpack it, and give the file"
                                    + " records.ndjson in it.\n");
        }
        assertThat(text(out)).isEmpty();
    }

    @Test
    void oneRecord_isOneRecord() throws IOException {
        assertThat(run(write("one.ndjson", Files.readAllLines(Path.of(export)).getFirst() + "\n")))
                .isZero();
        assertThat(text(out)).contains("1 record, 0 erased", "site k7Q2mZ0pRb, record 1\n");
        String damaged = Files.readAllLines(Path.of(export)).getFirst().replace("true", "false");
        assertThat(run(write("damaged.ndjson", damaged + "\n"))).isEqualTo(1);
        assertThat(text(out)).contains("1 line failed\n");
    }

    @Test
    void detail_cannotSteerTheTerminal() {
        Check check = new Check(Step.COMMITMENT, Check.Result.PASSED, "site \u001b[2J\u009b1m\n");
        String text = VerdictText.format(new Verdict("none", List.of(check), List.of()));
        assertThat(text).contains("site ?[2J?1m?").doesNotContain("\u001b", "\u009b");
    }

    @Test
    void belowTheDemand_givesThree() throws Exception {
        NoteSigner witness = SampleLog.witness("w.example");
        String trust =
                write(
                        "trust",
                        "log %s\nwitness w %s\nquorum w\n"
                                .formatted(vkey, witness.verifier().vkey()));
        assertThat(run(receipt, "--trust", trust)).isEqualTo(3);
        assertThat(text(out)).contains("below   3 witnesses", "VALID, but below");
        assertThat(run(export, "--trust", trust)).isEqualTo(3);
    }

    @Test
    void progress_isToldOnceASecond_inOnePlaceOnATerminal() {
        assertThat(runByClock(false, export)).isZero();
        assertThat(text(err)).isEqualTo("verify: 2 lines, 1 a second\n");
        assertThat(runByClock(true, export)).isZero();
        assertThat(text(err)).isEqualTo("\rverify: 2 lines, 1 a second\u001b[K\r\u001b[K");
        assertThat(runByClock(true, export, "--json")).isZero();
        assertThat(text(err)).isEmpty();
    }

    @Test
    void whatIsNotUnderstood_givesTwo() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run(receipt)).isEqualTo(2);
        assertThat(run(receipt, bundle)).isEqualTo(2);
        assertThat(run(receipt, "--vkey")).isEqualTo(2);
        assertThat(run(receipt, "--vkey", "nonsense")).isEqualTo(2);
        assertThat(run(receipt, "--quiet")).isEqualTo(2);
        assertThat(run(receipt, "--trust", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(run(receipt, "--trust", receipt)).isEqualTo(2);
        assertThat(run(receipt, "--vkey", vkey, "--since", bundle)).isEqualTo(2);
        assertThat(run(folder.resolve("none").toString(), "--vkey", vkey)).isEqualTo(2);
        assertThat(run(folder.toString(), "--vkey", vkey)).isEqualTo(2);
        assertThat(run("\u0000")).isEqualTo(2);
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).contains("verify FILE");
        assertThat(run("--help")).isZero();
    }

    @Test
    void fileWithoutTheProof_isToBeFetchedAgainFromTheKeptSize() throws IOException {
        String earlier = write("earlier", log.checkpoint(2).format());
        log.addRecord(SampleLog.record(3));
        String later = write("later", log.checkpoint(4).format());
        for (String file : List.of(bundle, export)) {
            assertThat(run(file, "--since", earlier)).isEqualTo(1);
            assertThat(text(out))
                    .contains("the file has no proof from size 2 to 3; ")
                    .contains("fetch the bundle or export again with ?since=2\n");
            assertThat(run(file, "--since", later)).isEqualTo(1);
            assertThat(text(out)).contains("no proof from size 3 to 4; ", "?since=4\n");
        }
    }

    @Test
    void receiptWithoutAKey_isToldInTwoLines() {
        assertThat(run(receipt)).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo(
                        """
                        verify: a receipt brings no key
                        give --vkey or --trust; verify --help says more
                        """);
    }

    private String bundle(long seq, int index, int artefact) {
        ProofBundle bundle =
                log.bundle(SampleLog.record(seq), index, SampleLog.artefact(), artefact);
        return CanonicalJson.writeText(bundle.json()) + "\n";
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new VerifyCommand(
                        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(arguments);
    }

    /** By a clock that goes on 600 ms each time it is asked. */
    private int runByClock(boolean terminal, String... arguments) {
        out.reset();
        err.reset();
        AtomicLong millis = new AtomicLong();
        return new VerifyCommand(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        terminal,
                        () -> Instant.ofEpochMilli(millis.getAndAdd(600)))
                .run(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(UTF_8);
    }
}
