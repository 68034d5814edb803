// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasureStatementTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:03.480Z");

    @ParameterizedTest
    @CsvSource({
        "7, 7-7",
        "1 2 3, 1-3",
        "1 3, 1-1 3-3",
        "1 2 4 5 6 9, 1-2 4-6 9-9",
        "126 127 128 129 4000000000 4000000001, 126-129 4000000000-4000000001",
    })
    void statements_nameRunsOfWhatIsErasedAndNothingElse(String seqs, String runs) {
        List<Long> numbers = Arrays.stream(seqs.split(" ")).map(Long::valueOf).toList();

        assertThat(statements(numbers))
                .extracting(statement -> statement.first() + "-" + statement.last())
                .containsExactly(runs.split(" "));
    }

    @Test
    void nothingErased_needsNoStatement() {
        assertThat(statements(List.of())).isEmpty();
    }

    @Test
    void document_isCanonicalAndItsHashTheEntry() {
        var logged =
                new ErasureStatement("k7Q2mZ0pRb", 3, 5, ErasureReason.SITE_REMOVED, AT).logged();

        assertThat(new String(logged.document(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"at\":\"2026-11-21T10:00:03.480Z\",\"first\":3,\"last\":5,"
                                + "\"reason\":\"site-removed\",\"site\":\"k7Q2mZ0pRb\",\"v\":1}");
        assertThat(logged.entry()).hasSize(33).startsWith(3);
    }

    private static List<ErasureStatement> statements(List<Long> seqs) {
        return ErasureStatement.of("k7Q2mZ0pRb", seqs, ErasureReason.REQUEST, AT);
    }
}
