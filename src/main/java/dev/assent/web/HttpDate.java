// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The value of the {@code Date} header, such as {@code Tue, 03 Nov 2026 08:49:37 GMT} (IMF-fixdate,
 * RFC 9110 §5.6.7), written once a second.
 */
@Singleton
public final class HttpDate {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Written written = new Written(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

    private record Written(long second, AsciiString text) {}

    HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    /** Now. Within one second it is the same object. */
    public AsciiString now() {
        long second = Math.floorDiv(clock.millis(), 1000);
        Written latest = written;
        if (latest.second != second) {
            latest =
                    new Written(second, AsciiString.of(FORM.format(Instant.ofEpochSecond(second))));
            written = latest;
        }
        return latest.text;
    }
}
