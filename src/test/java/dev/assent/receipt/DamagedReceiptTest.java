// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static dev.assent.receipt.SampleReceipt.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.NoteException;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receipts and bundles with something changed, cut off or put in. */
class DamagedReceiptTest {
    private final SampleReceipt sample = new SampleReceipt();
    private final SampleLog log = sample.log;

    DamagedReceiptTest() throws NoteException {}

    @Test
    void everyChangedByteOfAReceipt_isRefused() {
        byte[] receipt = sample.receipt().format().getBytes(UTF_8);
        for (int i = 0; i < receipt.length; i++) {
            byte[] damaged = receipt.clone();
            damaged[i] ^= (byte) (1 << (i % 8));
            Verdict verdict = sample.verify(damaged);
            assertThat(verdict.exitCode()).as("byte %d", i).isEqualTo(1);
        }
    }

    @Test
    void everyChangedByteOfABundle_isRefused() {
        byte[] bundle = bytes(sample.bundle());
        for (int i = 0; i < bundle.length; i++) {
            byte[] damaged = bundle.clone();
            damaged[i] ^= (byte) (1 << (i % 7));
            assertThat(sample.verify(damaged).exitCode()).as("byte %d", i).isEqualTo(1);
        }
    }

    @Test
    void everyTruncation_isRefused() {
        byte[] bundle = bytes(sample.bundle());
        byte[] receipt = sample.receipt().format().getBytes(UTF_8);
        for (int length = 0; length < Math.max(bundle.length, receipt.length); length++) {
            if (length < bundle.length) {
                assertThat(sample.failed(Arrays.copyOf(bundle, length))).isEqualTo(Step.PARSE);
            }
            if (length < receipt.length) {
                byte[] shorter = Arrays.copyOf(receipt, length);
                assertThat(sample.verify(shorter).ok()).isFalse();
            }
        }
    }

    @Test
    void garbage_isRefused() {
        byte[] large = new byte[10_000_000];
        assertThat(sample.failed(large)).isEqualTo(Step.PARSE);
        Arrays.fill(large, (byte) '{');
        assertThat(sample.failed(large)).isEqualTo(Step.PARSE);
        assertThat(sample.failed(("x" + sample.receipt().format()).getBytes(UTF_8)))
                .isEqualTo(Step.PARSE);
        assertThat(sample.failed("[]".getBytes(UTF_8))).isEqualTo(Step.PARSE);
        assertThat(sample.failed("{}".getBytes(UTF_8))).isEqualTo(Step.PARSE);
        assertThat(sample.failed(log.proof(sample.index, log.size()).format()))
                .isEqualTo(Step.PARSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index 1|index 01|PARSE",
                "index 1|index 2|INCLUSION",
                "index 1|index 0|INCLUSION",
                "index 1|index 9|INCLUSION",
                "index 1|index 9223372036854775807|INCLUSION",
                "index 1|index 9223372036854775808|PARSE",
                "testdata~8~|testdata~9~|SIGNATURE",
                "testdata~8~|testdata~08~|PARSE",
                "@v1|@v2|PARSE",
            })
    void changedReceipt_failsAtItsStep(String from, String to, Step step) {
        String receipt = sample.receipt().format();
        String before = from.replace('~', '\n');
        assertThat(receipt).contains(before);
        String after = to.replace('~', '\n');
        assertThat(sample.failed(receipt.replace(before, after))).isEqualTo(step);
    }

    @Test
    void path_withAHashDroppedDoubledOrSwapped_isRefused() {
        List<String> lines = sample.receipt().format().lines().toList();
        for (int i = 3; i < 6; i++) {
            var dropped = new ArrayList<>(lines);
            dropped.remove(i);
            assertThat(sample.failed(join(dropped))).isEqualTo(Step.INCLUSION);
            var doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            assertThat(sample.failed(join(doubled))).isEqualTo(Step.INCLUSION);
            var swapped = new ArrayList<>(lines);
            Collections.swap(swapped, i, i == 5 ? 3 : i + 1);
            assertThat(sample.failed(join(swapped))).isEqualTo(Step.INCLUSION);
        }
    }

    @Test
    void otherSpellingOfTheRecord_isRefused() {
        for (String other :
                List.of(
                        CanonicalJson.writeText(sample.record).replace("\"v\":1", "\"v\": 1"),
                        CanonicalJson.writeText(sample.record) + "\n",
                        "{\"v\":1}",
                        "{\"v\":2}",
                        "[]",
                        "{")) {
            byte[] bytes = other.getBytes(UTF_8);
            String text =
                    Receipt.of(
                                    SampleLog.salt(),
                                    bytes,
                                    sample.receipt().proof().inclusion(log.size()),
                                    log.checkpoint(log.size()))
                            .format();
            assertThat(sample.failed(text)).as(other).isEqualTo(Step.COMMITMENT);
        }
        JsonObject shown = SampleLog.with(sample.record, "seq", new Int(1));
        assertThat(sample.failed(SampleLog.with(sample.bundle().json(), "record", shown)))
                .isEqualTo(Step.COMMITMENT);
        JsonObject changed = SampleLog.with(sample.record, "seq", new Int(48214));
        assertThat(sample.failed(log.receipt(changed, sample.index, log.size()).format()))
                .isEqualTo(Step.INCLUSION);
    }

    @Test
    void bundle_ofAnotherForm_isRefused() {
        JsonObject json = sample.bundle().json();
        for (String key : json.keys()) {
            assertThat(sample.failed(SampleLog.without(json, key))).isEqualTo(Step.PARSE);
            assertThat(sample.failed(SampleLog.with(json, key, new Int(1)))).isEqualTo(Step.PARSE);
        }
        assertThat(sample.failed(SampleLog.with(json, "more", new Int(1)))).isEqualTo(Step.PARSE);
        assertThat(sample.failed(SampleLog.with(json, "type", new Text("assent/proof-bundle/v2"))))
                .isEqualTo(Step.PARSE);
        assertThat(sample.failed(SampleLog.with(json, "receipt", new Text(""))))
                .isEqualTo(Step.PARSE);
        for (String consistency :
                List.of(
                        "{\"a\":{\"first\":-1,\"path\":[]}}",
                        "{\"a\":{\"first\":1,\"path\":[1]}}",
                        "{\"a\":{\"first\":1,\"path\":[\"AA==\"]}}",
                        "{\"a\":{\"first\":1}}",
                        "{\"a\":[]}")) {
            JsonValue value = SampleLog.json(consistency).find("a").orElseThrow();
            assertThat(sample.failed(SampleLog.with(json, "consistency", value)))
                    .isEqualTo(Step.PARSE);
        }
    }

    private static String join(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
