// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assent.note.NoteException;
import dev.assent.receipt.JsonValue.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers drawn by a seed, by us as by the recipe on the page of the format. */
class SampleTest {
    private static final String SITE = "k7Q2mZ0pRb";

    private final SampleLog log = new SampleLog();
    private final JsonObject artefact = SampleLog.artefact();
    private final int artefactIndex = log.add(Entry.Type.ARTEFACT, artefact);
    private final List<JsonObject> bundles = new ArrayList<>();
    private final Sample sample;

    /** Three of the records 1 to 12. */
    SampleTest() throws NoteException {
        List<Integer> indexes = new ArrayList<>();
        for (long seq = 1; seq <= 12; seq++) {
            indexes.add(log.addRecord(SampleLog.record(seq)));
        }
        sample = new Sample(SITE, 1, 12, log.size(), "dice 6 3 1", 3);
        for (long seq : sample.numbers()) {
            int index = indexes.get((int) seq - 1);
            bundles.add(log.bundle(SampleLog.record(seq), index, artefact, artefactIndex).json());
        }
    }

    /** As the Python of docs/formats/sample.md draws them. */
    @ParameterizedTest
    @CsvSource({
        "1, 48213, 90017, dice 6 3 1 5 5 2, 5, '37320, 7534, 16718, 20843, 19460'",
        "5, 12, 15, é😀, 3, '6, 10, 12'",
        "5, 12, 15, é😀, 100, '6, 10, 12, 7, 5, 11, 8, 9'"
    })
    void numbers_areThoseOfTheRecipe(
            long first, long last, long size, String seed, int count, String drawn) {
        assertThat(new Sample(SITE, first, last, size, seed, count).drawn())
                .hasToString("[" + drawn + "]");
    }

    @Test
    void numbers_areAllThereAreWhereNoMoreAreWanted() {
        assertThat(new Sample(SITE, 7, 406, 1000, "s", 400).numbers())
                .containsExactlyElementsOf(LongStream.rangeClosed(7, 406).boxed().toList());
        assertThat(new Sample(SITE, 7, 7, 7, "s", 1000).numbers()).containsExactly(7L);
    }

    @Test
    void numbers_areEvenlySpread() {
        int low = 0;
        for (int i = 0; i < 2000; i++) {
            low += new Sample(SITE, 1, 3, 3, "seed " + i, 1).drawn().getFirst() == 1 ? 1 : 0;
        }
        assertThat(low).isBetween(560, 780);
    }

    @Test
    void numbersOfMoreThan63Bits_areNotAsked() {
        Sample wide = new Sample(SITE, 1, Long.MAX_VALUE, Long.MAX_VALUE, "s", 1000);
        assertThat(wide.drawn()).hasSize(1000).allMatch(number -> number >= 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 9, s, 1",
        "5, 4, 9, s, 1",
        "1, 9, 5, s, 1",
        "1, 5, 9, s, 0",
        "1, 5, 9, s, 1001",
        "1, 5, 9, '', 1"
    })
    void whatIsOutOfBounds_isNoSample(long first, long last, long size, String seed, int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample(SITE, first, last, size, seed, count));
    }

    @Test
    void seed_isOneLineOfBearableLength() {
        assertThat(Sample.isSeed("a\nb")).isFalse();
        assertThat(Sample.isSeed("\u0000")).isFalse();
        assertThat(Sample.isSeed("😀".repeat(200))).isTrue();
        assertThat(Sample.isSeed("😀".repeat(201))).isFalse();
    }

    @Test
    void file_verifies() throws IOException {
        Verdict verdict = verify(sample.json(), bundles);
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
        assertThat(verdict.checks().getLast().detail())
                .isEqualTo(
                        "site k7Q2mZ0pRb, 3 of records 1 to 12, drawn by the seed \"dice 6 3 1\"");
        assertThat(verdict.notes()).anyMatch(note -> note.contains("not drawn"));
    }

    @Test
    void fileWithoutADrawnRecord_isRefused() throws IOException {
        for (int i = 0; i < 3; i++) {
            List<JsonObject> fewer = new ArrayList<>(bundles);
            fewer.remove(i);
            Verdict verdict = verify(sample.json(), fewer);
            assertThat(verdict.exitCode()).isEqualTo(1);
            assertThat(verdict.checks().getFirst().step()).isEqualTo(Step.SEQUENCE);
        }
    }

    @Test
    void fileWithAnotherRecordOrOrder_isRefused() throws IOException {
        assertThat(verify(sample.json(), bundles.reversed()).exitCode()).isEqualTo(1);
        List<JsonObject> more = new ArrayList<>(bundles);
        more.add(bundles.getLast());
        assertThat(verify(sample.json(), more).exitCode()).isEqualTo(1);
    }

    @Test
    void recordNewerThanTheCheckpoint_isRefused() throws IOException {
        Sample earlier = new Sample(SITE, 1, 12, 12, "dice 6 3 1", 12);
        List<JsonObject> all = new ArrayList<>();
        for (long seq = 1; seq <= 12; seq++) {
            all.add(log.bundle(SampleLog.record(seq), (int) seq, artefact, 0).json());
        }
        assertThat(verify(earlier.json(), all).checks().getFirst().detail())
                .contains("not under the sample's checkpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "site"})
    void headThatWasChanged_isRefused(String member) throws IOException {
        JsonObject changed = SampleLog.with(sample.json(), member, new Text("AAAAAAAAAA"));
        Verdict verdict = verify(changed, bundles);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.checks().getFirst().step()).isEqualTo(Step.PARSE);
    }

    @Test
    void headFurtherDown_isRefused() throws IOException {
        List<JsonObject> lines = new ArrayList<>(bundles);
        lines.add(1, sample.json());
        assertThat(verify(sample.json(), lines).exitCode()).isEqualTo(1);
    }

    private static Verdict verify(JsonObject head, List<JsonObject> lines) throws IOException {
        StringBuilder text = new StringBuilder(CanonicalJson.writeText(head)).append('\n');
        lines.forEach(line -> text.append(CanonicalJson.writeText(line)).append('\n'));
        return new ExportVerifier(TrustPolicy.FIRST_USE, Optional.empty(), line -> {})
                .verify(new ByteArrayInputStream(text.toString().getBytes(UTF_8)));
    }
}
