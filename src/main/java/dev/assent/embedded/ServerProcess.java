// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server, tied to this process by a leash: a small shell that reads a pipe of ours and,
 * when the pipe ends, sends the server its stop signal. The pipe ends when we close it and also
 * when we die, by {@code kill -9} too, so there is one way to stop a server and it is used every
 * day.
 *
 * <p>Servers run in sessions of their own: the Ctrl-C that a terminal sends to all its processes
 * reaches us alone, and we end them last. Should the leash be killed with us, the server is found
 * by its pid file at the next start ({@link #stopLeftover}).
 */
final class ServerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    /** The pid is looked up again: after a crash of the server the number may be a stranger's. */
    private static final String LEASH =
            """
            trap '' HUP INT TERM
            while read -r _; do :; done
            [ "$(sed -n 1p "$2" 2>/dev/null)" = "$1" ] && kill "-$3" "$1"
            """;

    private final Kind kind;
    private final Path folder;
    private final long pid;
    private final Process leash;

    /**
     * What all servers of one make have in common.
     *
     * @param pidFile name, within the server's folder, of the file whose first line is its pid
     * @param stop signal that ends it cleanly, without {@code SIG}
     * @param lastResort signal for one that did not heed the first
     */
    record Kind(String name, String pidFile, String stop, String lastResort) {}

    private ServerProcess(Kind kind, Path folder, long pid) throws IOException {
        this.kind = kind;
        this.folder = folder;
        this.pid = pid;
        String file = folder.resolve(kind.pidFile).toString();
        this.leash =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                LEASH,
                                "leash",
                                String.valueOf(pid),
                                file,
                                kind.stop)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /** Ties the server that runs in {@code folder}, its working directory; empty if none does. */
    static Optional<ServerProcess> tie(Kind kind, Path folder) throws IOException {
        Optional<Long> pid = running(kind, folder);
        return pid.isPresent()
                ? Optional.of(new ServerProcess(kind, folder, pid.get()))
                : Optional.empty();
    }

    /**
     * Ends a server that an earlier process left behind in {@code folder}, and removes a pid file
     * that names none of ours: after a restart of the machine its number may be anybody's, and
     * PostgreSQL would refuse to start for it. To be called under the folder's lock only.
     */
    static void stopLeftover(Kind kind, Path folder) throws IOException {
        Optional<ServerProcess> leftover = tie(kind, folder);
        if (leftover.isPresent()) {
            LOG.info("{} of an earlier run is still there; stopping it", kind.name);
            leftover.get().close();
        }
        Files.deleteIfExists(folder.resolve(kind.pidFile));
    }

    @Override
    public void close() throws IOException {
        leash.getOutputStream().close();
        if (gone(PATIENCE)) {
            return;
        }
        LOG.warn("{} did not stop within {}; forcing it", kind.name, PATIENCE);
        Command.run(List.of("/bin/sh", "-c", "kill -" + kind.lastResort + " " + pid));
        if (!gone(LAST_PATIENCE)) {
            throw new LocalServerException(
                    kind.name + " (process " + pid + ") cannot be stopped; end it by hand.");
        }
    }

    private boolean gone(Duration patience) {
        return Waiting.until(patience, POLL, () -> running(kind, folder).isEmpty());
    }

    private static Optional<Long> running(Kind kind, Path folder) {
        return readPid(folder.resolve(kind.pidFile)).filter(pid -> runsIn(pid, folder));
    }

    static Optional<Long> readPid(Path pidFile) {
        try {
            return Files.readString(pidFile)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,9}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * By the working directory, which no stranger shares; where there is no /proc, by being alive.
     */
    private static boolean runsIn(long pid, Path folder) {
        if (!Files.exists(Path.of("/proc/self"))) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd"))
                    .equals(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
