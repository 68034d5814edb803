// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.Note;
import dev.assent.receipt.Check.Result;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Int;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Exports of a second implementation, {@code vectors/exports.mjs}. */
class ExportVectorTest {
    @Test
    void vectors_failAtTheirLinesAndSteps() throws Exception {
        int good = 0;
        List<String> vectors = read();
        for (String line : vectors) {
            JsonObject vector = CanonicalJson.parseObject(line.getBytes(UTF_8), line.length() * 2);
            Verdict verdict = verify(vector);
            String desc = vector.text("desc") + verdict;
            assertThat(failures(verdict)).as(desc).isEqualTo(failures(vector));
            assertThat(verdict.exitCode()).as(desc).isEqualTo((int) vector.integer("exit"));
            good += verdict.exitCode() == 0 ? 1 : 0;
        }
        assertThat(good).isPositive().isLessThan(vectors.size() / 2);
    }

    private static Verdict verify(JsonObject vector) throws Exception {
        byte[] trust = vector.text("trust").getBytes(UTF_8);
        byte[] since = vector.text("since").getBytes(UTF_8);
        return new ExportVerifier(
                        trust.length == 0 ? TrustPolicy.FIRST_USE : TrustPolicy.parse(trust),
                        since.length == 0 ? Optional.empty() : Optional.of(Note.parse(since)),
                        line -> {})
                .verify(new ByteArrayInputStream(vector.text("file").getBytes(UTF_8)));
    }

    /** As {@code line 3: step 9}. */
    private static List<String> failures(Verdict verdict) {
        return verdict.checks().stream()
                .filter(check -> check.result() == Result.FAILED)
                .map(check -> check.detail().split(":", 2)[0] + ": step " + check.step().number())
                .toList();
    }

    private static List<String> failures(JsonObject vector) throws JsonException {
        List<String> failures = new ArrayList<>();
        for (JsonValue value : vector.array("failures")) {
            List<JsonValue> pair = ((Array) value).values();
            failures.add("line %d: step %d".formatted(number(pair, 0), number(pair, 1)));
        }
        return failures;
    }

    private static long number(List<JsonValue> pair, int i) {
        return ((Int) pair.get(i)).value();
    }

    private static List<String> read() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ExportVectorTest.class.getResourceAsStream("/vectors/exports.ndjson"))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
