// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * PostgreSQL's data on disk: encoding UTF-8, sorted by code point the same on every system, page
 * checksums on, one role that needs a password. The password lies within the cluster, readable to
 * its owner alone, so that the two are copied and lost together.
 */
final class PostgresCluster {
    static final String USER = "assent";
    static final String DATABASE = "assent";
    private static final String PASSWORD_FILE = "assent.password";
    private static final int PASSWORD_BYTES = 24;

    private final Path folder;
    private final Path programs;
    private final ServerAccount account;

    private PostgresCluster(Path folder, Path programs, ServerAccount account) {
        this.folder = folder;
        this.programs = programs;
        this.account = account;
    }

    /** The cluster at {@code dataDir/postgres}, made if it is not there yet. */
    static PostgresCluster open(Path dataDir) throws IOException {
        Path folder = dataDir.resolve("postgres");
        boolean exists = Files.isDirectory(folder);
        ServerAccount account = ServerAccount.forFolder(exists ? folder : dataDir);
        // A stranger can read neither root's home nor its cache.
        Path within = dataDir.resolve("programs");
        Programs programs = account.isStranger() ? Programs.in(within) : Programs.cachedFor(within);
        var cluster = new PostgresCluster(folder, programs.postgres(), account);
        if (!exists) {
            cluster.create();
        }
        return cluster;
    }

    Path folder() {
        return folder;
    }

    String password() throws IOException {
        return password(folder);
    }

    /** The password of the cluster in this folder. */
    static String password(Path folder) throws IOException {
        return Files.readString(folder.resolve(PASSWORD_FILE)).strip();
    }

    /** Words that run {@code program} of PostgreSQL's own as the account that it has to run as. */
    List<String> command(String program, String... words) {
        return account.command(programs.resolve("bin").resolve(program), words);
    }

    /**
     * Made under another name and renamed when complete: a crash in between leaves nothing that
     * looks like a cluster, and the next start begins anew.
     */
    private void create() throws IOException {
        Path unfinished = folder.resolveSibling("postgres.unfinished");
        Trees.delete(unfinished);
        Files.createDirectory(unfinished);
        Path data = Files.createDirectory(unfinished.resolve("postgres"));
        Path password = unfinished.resolve("password");
        Files.createFile(
                password,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, newPassword());
        account.own(unfinished);
        initialize(data, password);
        Files.move(password, data.resolve(PASSWORD_FILE));
        Files.move(data, folder, StandardCopyOption.ATOMIC_MOVE);
        Trees.delete(unfinished);
    }

    private void initialize(Path data, Path password) {
        run(
                command(
                        "initdb",
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--encoding=UTF8",
                        "--no-locale",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"),
                "");
        // Single-user mode: no port is open yet that somebody could find.
        run(
                command(
                        "postgres",
                        "--single",
                        "-D",
                        data.toString(),
                        "-c",
                        "exit_on_error=on",
                        "postgres"),
                "CREATE DATABASE " + DATABASE + "\n");
    }

    private void run(List<String> command, String input) {
        Command done = Command.run(command, input);
        if (!done.succeeded()) {
            throw new LocalServerException(
                    "Cannot make the database in "
                            + folder
                            + ": "
                            + String.join(" ", command)
                            + " ended with "
                            + done.status()
                            + " and said:\n"
                            + done.output().strip());
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
    }
}
