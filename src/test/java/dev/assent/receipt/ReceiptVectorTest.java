// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.NoteVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** With the files that {@code vectors/receipts.mjs}, a second implementation, made and damaged. */
class ReceiptVectorTest {
    @Test
    void vectors_areTakenOrRefusedAtTheirStep() throws Exception {
        int good = 0;
        List<String> vectors = read();
        for (String line : vectors) {
            JsonObject vector = CanonicalJson.parseObject(line.getBytes(UTF_8), line.length() * 2);
            Verdict verdict =
                    new ReceiptVerifier(trust(vector)).verify(file(vector).getBytes(UTF_8));
            assertThat(failedStep(verdict))
                    .as(vector.text("desc") + verdict)
                    .isEqualTo(vector.integer("step"));
            good += verdict.ok() ? 1 : 0;
        }
        assertThat(good).isPositive().isLessThan(vectors.size() / 4);
    }

    /** In a long one {@code @FILL@} stands for a letter many times. */
    private static String file(JsonObject vector) throws JsonException {
        if (vector.find("fill").isEmpty()) {
            return vector.text("file");
        }
        int times = (int) vector.integer("fill", "times");
        return vector.text("file").replace("@FILL@", vector.text("fill", "letter").repeat(times));
    }

    private static TrustPolicy trust(JsonObject vector) throws Exception {
        return vector.find("trust").isPresent()
                ? TrustPolicy.parse(vector.text("trust").getBytes(UTF_8))
                : TrustPolicy.FIRST_USE.withLog(NoteVerifier.parse(vector.text("vkey")));
    }

    private static long failedStep(Verdict verdict) {
        return verdict.ok() ? 0 : verdict.checks().getLast().step().number();
    }

    private static List<String> read() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ReceiptVectorTest.class.getResourceAsStream("/vectors/receipts.ndjson"))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
