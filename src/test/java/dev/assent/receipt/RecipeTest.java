// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of docs/verifying.md, run as it stands there. */
class RecipeTest {
    private static final String START = "```bash\n";
    private static final String STATEMENT =
            """
            {"at":"2026-12-01T00:00:00.000Z","first":7,"last":9,"reason":"request","site":"k7Q2mZ0pRb","v":1}
            """;

    private final SampleLog log = new SampleLog();
    private final String vkey = log.key.verifier().vkey();

    @TempDir private Path folder;

    RecipeTest() throws NoteException {}

    @BeforeEach
    void writeRecipe() throws IOException {
        String page = Files.readString(Path.of("docs/verifying.md"));
        int from = page.indexOf(START) + START.length();
        assertThat(from).isGreaterThan(START.length());
        Files.writeString(
                folder.resolve("check.sh"), page.substring(from, page.indexOf("```", from)));
        for (int seq = 1; seq <= 11; seq++) {
            log.addRecord(SampleLog.record(seq));
        }
    }

    @Test
    void receipts_areValidAtEveryPlace() throws Exception {
        for (int index : new int[] {0, 4, 7, 8, 10}) {
            Result result = check(receipt(index), vkey);
            assertThat(result.text())
                    .contains("VALID: entry " + index + " of 11 in example.com/log/testdata")
                    .contains("\"seq\":" + (index + 1));
            assertThat(result.exitCode()).isZero();
        }
        String receipt = log.receipt(SampleLog.record(1), 0, 1).format();
        assertThat(check(receipt, vkey).exitCode()).isZero();
        Result cosigned = check(receipt + "\u2014 witness.example AAAAAAA=\n", vkey);
        assertThat(cosigned.exitCode()).as(cosigned.text()).isZero();
    }

    @Test
    void changedReceipts_areInvalid() throws Exception {
        String good = receipt(4);
        List<String> lines = good.lines().toList();
        List<String> changed = new ArrayList<>();
        changed.add("");
        changed.add(good.replace("@v1", "@v2"));
        changed.add(good.replace("index 4", "index 5"));
        changed.add(good.replace("index 4", "index 04"));
        changed.add(good.replace("index 4", "index 11"));
        changed.add(good.replace("index 4", "index 4+1"));
        changed.add(good.replace("\n11\n", "\n12\n"));
        changed.add(good.replace("log/testdata\n11", "log/other\n11"));
        changed.add(good.substring(0, good.indexOf('\u2014')));
        for (int line = 1; line < lines.size(); line++) {
            String text = lines.get(line);
            if (text.length() > 20) {
                int middle = text.length() * 3 / 4;
                char other = text.charAt(middle) == 'A' ? 'B' : 'A';
                String damaged = text.substring(0, middle) + other + text.substring(middle + 1);
                changed.add(good.replace(text, damaged));
                changed.add(good.replace(text + "\n", ""));
                changed.add(good.replace(text + "\n", text + "\n" + text + "\n"));
            }
        }
        // A doubled line of the one signature is the same signature.
        changed.removeLast();
        for (String receipt : changed) {
            Result result = check(receipt, vkey);
            assertThat(result.exitCode()).as(receipt + result.text()).isNotZero();
            assertThat(result.text()).doesNotContain("VALID: entry");
        }
    }

    @Test
    void documents_areProvenByTheirOwnProof() throws Exception {
        JsonObject artefact = SampleLog.artefact();
        int index = log.add(Entry.Type.ARTEFACT, artefact);
        JsonObject statement = SampleLog.json(STATEMENT);
        int erasure = log.add(Entry.Type.ERASURE, statement);

        Result proven = check(log.logged(artefact, index), bytes(artefact));
        assertThat(proven.text())
                .contains("VALID: entry 11 of 13 in example.com/log/testdata")
                .contains("SHA-256 " + Hash.of(bytes(artefact)).hex());
        assertThat(proven.exitCode()).isZero();
        Result erased = check(log.logged(statement, erasure), bytes(statement), "03");
        assertThat(erased.text()).contains("VALID: entry 12 of 13");
        assertThat(erased.exitCode()).isZero();

        assertInvalid(check(log.logged(statement, erasure), bytes(statement)));
        assertInvalid(check(log.logged(artefact, index), bytes(artefact), "03"));
        assertInvalid(check(log.logged(artefact, index), bytes(artefact), "01"));
        assertInvalid(check(log.logged(artefact, erasure), bytes(artefact)));
    }

    @Test
    void damagedDocumentsAndProofs_areInvalid() throws Exception {
        JsonObject artefact = SampleLog.artefact();
        String good = log.logged(artefact, log.add(Entry.Type.ARTEFACT, artefact)).proof();
        String text = new String(bytes(artefact), UTF_8);
        for (String changed :
                List.of("", text + "\n", text.replace("P6M", "P9M"), text.substring(1))) {
            assertInvalid(checkDocument(good, changed.getBytes(UTF_8)));
        }
        String hash = good.lines().skip(2).findFirst().orElseThrow();
        for (String changed :
                List.of(
                        "",
                        good.replace("index 11", "index 10"),
                        good.replace("index 11", "index 011"),
                        good.replace(hash + "\n", ""),
                        good.replace(hash, Hash.of().base64()),
                        good.replace("\n12\n", "\n13\n"),
                        good.replace("index 11", "extra AAAA\nindex 11"),
                        receipt(4))) {
            assertInvalid(checkDocument(changed, bytes(artefact)));
        }
        assertInvalid(check(good, vkey));
        Files.delete(folder.resolve("document.json"));
        assertInvalid(runScript(good, List.of(vkey, folder + "/document.json")));
    }

    @Test
    void otherKeys_areRefused() throws Exception {
        String name = log.key.verifier().name();
        String skey = NoteSigner.newKey(name, SignatureType.ED25519, new SecureRandom());
        String other = NoteSigner.parse(skey).verifier().vkey();
        for (String wrong :
                List.of(
                        other,
                        "x",
                        vkey.replace("testdata", "testdate"),
                        vkey.replace("33d7b496", "33d7b497"))) {
            assertThat(check(receipt(4), wrong).exitCode()).as(wrong).isNotZero();
        }
    }

    private String receipt(int index) {
        return log.receipt(SampleLog.record(index + 1L), index, log.size()).format();
    }

    private record Result(int exitCode, String text) {}

    private static byte[] bytes(JsonObject document) {
        return CanonicalJson.write(document);
    }

    private static void assertInvalid(Result result) {
        assertThat(result.exitCode()).as(result.text()).isNotZero();
        assertThat(result.text()).doesNotContain("VALID: entry");
    }

    private Result check(LoggedDocument logged, byte[] document, String... type)
            throws IOException, InterruptedException {
        return checkDocument(logged.proof(), document, type);
    }

    private Result checkDocument(String proof, byte[] document, String... type)
            throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("document.json"), document);
        return runScript(
                proof, Stream.concat(Stream.of(vkey, file.toString()), Stream.of(type)).toList());
    }

    private Result check(String receipt, String key) throws IOException, InterruptedException {
        return runScript(receipt, List.of(key));
    }

    private Result runScript(String proof, List<String> rest)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("r.tlog-proof"), proof);
        List<String> command =
                new ArrayList<>(List.of("bash", folder + "/check.sh", file.toString()));
        command.addAll(rest);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), text);
    }
}
