// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** With what {@code vectors/generate.mjs}, a second implementation, made. */
class VectorTest {
    @Test
    void inclusionVectors_areTakenOrRefused() throws IOException, JsonException {
        int refused = 0;
        List<JsonObject> vectors = read("inclusion.ndjson");
        for (JsonObject vector : vectors) {
            var proof =
                    new InclusionProof(
                            vector.integer("index"), vector.integer("size"), path(vector));
            boolean fails =
                    fails(() -> proof.verify(hash(vector, "leafHash"), hash(vector, "root")));
            assertThat(fails).as(vector.text("desc") + proof).isEqualTo(vector.bool("wantErr"));
            refused += fails ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(10 * (vectors.size() - refused));
    }

    @Test
    void consistencyVectors_areTakenOrRefused() throws IOException, JsonException {
        int refused = 0;
        List<JsonObject> vectors = read("consistency.ndjson");
        for (JsonObject vector : vectors) {
            var proof =
                    new ConsistencyProof(
                            vector.integer("first"), vector.integer("second"), path(vector));
            boolean fails =
                    fails(() ->
                            proof.verify(hash(vector, "firstRoot"), hash(vector, "secondRoot")));
            assertThat(fails).as(vector.text("desc") + proof).isEqualTo(vector.bool("wantErr"));
            refused += fails ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(10 * (vectors.size() - refused));
    }

    private interface Verification {
        void run() throws InvalidProofException, JsonException;
    }

    private static boolean fails(Verification verification) throws JsonException {
        try {
            verification.run();
            return false;
        } catch (InvalidProofException e) {
            return true;
        }
    }

    private static Hash hash(JsonObject vector, String key) throws JsonException {
        return Hash.fromBase64(vector.text(key));
    }

    private static List<Hash> path(JsonObject vector) throws JsonException {
        return vector.array("path").stream()
                .map(hash -> Hash.fromBase64(((Text) hash).value()))
                .toList();
    }

    private static List<JsonObject> read(String name) throws IOException, JsonException {
        try (InputStream in =
                Objects.requireNonNull(VectorTest.class.getResourceAsStream("/vectors/" + name))) {
            List<JsonObject> vectors = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                vectors.add(CanonicalJson.parseObject(line.getBytes(UTF_8)));
            }
            return vectors;
        }
    }
}
