// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void next_givesEveryLine_whereverAChunkEnds() throws IOException {
        for (int length : List.of(0, 1, 65_534, 65_535, 65_536, 65_537, 131_072, 200_000)) {
            String line = "x".repeat(length);
            assertThat(read(line + "\n" + line + "\n\nz")).containsExactly(line, line, "", "z");
            assertThat(read(line + "\n")).containsExactly(line);
        }
        assertThat(read("")).isEmpty();
    }

    @Test
    void next_keepsALittleMoreThanTheBound_ofALineThatIsTooLong() throws IOException {
        Lines lines = lines("x".repeat(1_000_000) + "\nz\n", 100);
        assertThat(lines.next().orElseThrow()).hasSizeBetween(101, 1 << 16);
        assertThat(lines.next().orElseThrow()).asString(UTF_8).isEqualTo("z");
        assertThat(lines.number()).isEqualTo(2);
        assertThat(lines.next()).isEmpty();
    }

    private static List<String> read(String text) throws IOException {
        Lines lines = lines(text, 1_000_000);
        List<String> read = new ArrayList<>();
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            read.add(new String(line.get(), UTF_8));
        }
        return read;
    }

    private static Lines lines(String text, int maxBytes) {
        return new Lines(new ByteArrayInputStream(text.getBytes(UTF_8)), maxBytes);
    }
}
