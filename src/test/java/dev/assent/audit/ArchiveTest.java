// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is made while it is sent. */
class ArchiveTest {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
    @TempDir Path folder;

    @Test
    void largeFile_isNeverInMemoryAsAWhole() throws IOException {
        byte[] piece = new byte[1 << 15];
        RandomGenerator.of("L64X128MixRandom").nextBytes(piece);
        var left = new AtomicInteger(4000);
        Supplier<byte[]> pieces = () -> left.getAndDecrement() > 0 ? piece : new byte[0];
        Archive archive = new Archive(List.of(new Part("large", pieces)).iterator(), AT);

        long sum = 0;
        for (byte[] chunk = archive.read(); chunk.length > 0; chunk = archive.read()) {
            assertThat(chunk.length).isLessThan(1 << 17);
            sum += chunk.length;
        }

        assertThat(sum).isGreaterThan(4000L << 15);
        assertThat(archive.read()).isEmpty();
    }

    @Test
    void files_areMadeWhenTheirTurnHasCome() {
        var made = new AtomicInteger();
        Iterator<Part> parts =
                IntStream.range(0, 3)
                        .mapToObj(i ->
                                Part.of(
                                        "f" + i,
                                        () -> {
                                            assertThat(made.getAndIncrement()).isEqualTo(i);
                                            return new byte[1 << 16];
                                        }))
                        .iterator();
        Archive archive = new Archive(parts, AT);
        assertThat(made.get()).isZero();
        read(archive);
        assertThat(made.get()).isEqualTo(3);
    }

    @Test
    void moreFilesThanAnOldArchiveHolds_areAllThere() throws IOException {
        Iterator<Part> parts =
                IntStream.range(0, 70_000)
                        .mapToObj(i -> Part.of("r/" + i, () -> Integer.toString(i).getBytes(UTF_8)))
                        .iterator();
        Path file = Files.write(folder.resolve("a.zip"), read(new Archive(parts, AT)));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(70_000);
            assertThat(zip.getInputStream(zip.getEntry("r/69999")).readAllBytes())
                    .asString(UTF_8)
                    .isEqualTo("69999");
        }
    }

    @Test
    void noFiles_areAnArchiveToo() throws IOException {
        byte[] empty = read(new Archive(List.<Part>of().iterator(), AT));
        Path file = Files.write(folder.resolve("empty.zip"), empty);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isZero();
        }
    }

    private static byte[] read(Archive archive) {
        var all = new ByteArrayOutputStream();
        for (byte[] chunk = archive.read(); chunk.length > 0; chunk = archive.read()) {
            all.writeBytes(chunk);
        }
        return all.toByteArray();
    }
}
