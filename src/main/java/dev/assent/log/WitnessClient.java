// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.assent.log.WitnessAnswer.Conflict;
import dev.assent.log.WitnessAnswer.Cosigned;
import dev.assent.log.WitnessAnswer.Refused;
import dev.assent.log.WitnessAnswer.Unreachable;
import dev.assent.merkle.ConsistencyProof;
import dev.assent.note.AddCheckpoint;
import dev.assent.note.Cosignature;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSignature;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a witness for its cosignature. Believes nothing that comes back unverified, and fails by an
 * answer, never by an exception.
 *
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-witness/v1.0.0/tlog-witness.md">C2SP
 *     tlog-witness 1.0.0</a>
 */
final class WitnessClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int MAX_DETAIL = 200;

    /** How far a witness's clock may be from ours. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Duration timeout;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(Redirect.NEVER)
                    .version(Version.HTTP_1_1)
                    .build();

    WitnessClient(InstantSource clock) {
        this(clock, TIMEOUT);
    }

    /**
     * @param timeout from the first packet to the answer's last byte
     */
    WitnessClient(InstantSource clock, Duration timeout) {
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * Asks for a cosignature.
     *
     * @param proof from the size that the witness cosigned last to the checkpoint's; from 0 where
     *     that is not known
     * @param checkpoint signed by the log
     */
    WitnessAnswer cosign(Witness witness, ConsistencyProof proof, Note checkpoint) {
        var sent =
                http.sendAsync(
                        request(witness, AddCheckpoint.of(proof, checkpoint)),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return read(witness, checkpoint, sent.get(timeout.toMillis(), MILLISECONDS));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new Unreachable("no whole answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Unreachable(reason(e.getCause()));
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new Unreachable("interrupted");
        }
    }

    private static HttpRequest request(Witness witness, AddCheckpoint body) {
        return HttpRequest.newBuilder(witness.addCheckpoint())
                .header("User-Agent", "assent")
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body.format()))
                .build();
    }

    private static String reason(@Nullable Throwable failure) {
        return failure == null ? "unknown" : detail(failure.toString());
    }

    private WitnessAnswer read(Witness witness, Note checkpoint, HttpResponse<byte[]> response) {
        String body = new String(response.body(), UTF_8);
        try {
            return switch (response.statusCode()) {
                case 200 -> new Cosigned(cosignature(witness, checkpoint, body));
                case 409 -> conflict(response.headers().firstValue("Content-Type"), body);
                default -> new Refused(response.statusCode(), detail(body));
            };
        } catch (NoteException e) {
            return new Refused(response.statusCode(), e.getMessage());
        } catch (ImplausibleException e) {
            return new Refused(response.statusCode(), e.getMessage());
        }
    }

    private static WitnessAnswer conflict(Optional<String> type, String body) throws NoteException {
        String media = type.orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.equals(AddCheckpoint.SIZE_TYPE)
                ? new Conflict(AddCheckpoint.parseSize(body))
                : new Refused(409, "a conflict that names no size");
    }

    /** Lines of other keys are passed over. */
    private NoteSignature cosignature(Witness witness, Note checkpoint, String lines)
            throws NoteException, ImplausibleException {
        Note note = Note.parse(checkpoint.text() + "\n" + lines);
        if (!note.text().equals(checkpoint.text())) {
            throw new ImplausibleException("it answers with more than signature lines");
        }
        NoteSignature line = note.verify(List.of(witness.key())).values().iterator().next();
        Instant time = Cosignature.time(line);
        Instant now = clock.instant();
        if (time.isBefore(now.minus(TOLERANCE)) || time.isAfter(now.plus(TOLERANCE))) {
            throw new ImplausibleException("its clock says " + time + ", ours " + now);
        }
        return line;
    }

    /** The first line of what a stranger wrote, made fit for a log. */
    private static String detail(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
        return line.substring(0, Math.min(line.length(), MAX_DETAIL));
    }

    /** Ends what is still under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A cosignature that is real, but not the one that was asked for. */
    private static final class ImplausibleException extends Exception {
        private static final long serialVersionUID = 1;

        private final String message;

        ImplausibleException(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
