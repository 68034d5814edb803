// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.receipt.VerifyArguments.UsageException;
import java.io.BufferedInputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * {@code verify FILE}: checks a receipt, a proof bundle or an export, without asking anybody.
 *
 * <p>A file of several JSON lines, or named {@code .ndjson}, is an export. Exit codes: 0 valid, 1
 * invalid, 2 not understood or not readable, 3 valid but below what the trust file demands.
 */
public final class VerifyCommand {
    private static final int USAGE = 2;
    private static final String HELP =
            """
            verify FILE [--vkey VKEY] [--trust FILE] [--since CHECKPOINT] [--json]

              FILE                a receipt (.tlog-proof), a proof bundle (JSON) or an export (NDJSON)
              --vkey VKEY         the log's key, got from another source than FILE
              --trust FILE        logs, witnesses and quorum, as a C2SP tlog-policy
              --since CHECKPOINT  a file with a checkpoint of the log that you kept earlier; for this
                                  FILE must have been fetched with ?since=SIZE, see below
              --json              the verdict as JSON

            SIZE is the second line of CHECKPOINT. A bundle that proves growth from there:

              curl -H 'Accept: application/json' 'https://HOST/v1/consents/ID/receipt?since=SIZE'

            Exit code: 0 valid, 1 invalid, 2 usage, 3 valid but below what the trust file demands.
            """;
    private static final String NO_KEY =
            """
            verify: a receipt brings no key
            give --vkey or --trust; verify --help says more
            """;

    private static final String PACKED =
            "This is a ZIP archive. Unpack it, and give the file records.ndjson in it.";

    /** How an archive begins: {@code PK} and two numbers. */
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final InstantSource clock;

    /**
     * @param out takes the verdict
     * @param err takes progress and what is wrong with the command line
     */
    public VerifyCommand(PrintStream out, PrintStream err) {
        this(out, err, isTerminal(), InstantSource.system());
    }

    VerifyCommand(PrintStream out, PrintStream err, boolean terminal, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Java tells of standard input and output only; where those are a terminal, so is the third.
     */
    private static boolean isTerminal() {
        return System.console() instanceof Console console && console.isTerminal();
    }

    /**
     * Runs the command.
     *
     * @param arguments what follows the word {@code verify}
     * @return the exit code
     */
    public int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(HELP);
            return 0;
        }
        try {
            return run(VerifyArguments.parse(List.of(arguments)));
        } catch (UsageException e) {
            err.println("verify: " + e.getMessage());
            err.print(HELP);
        } catch (IOException e) {
            err.println("verify: cannot read the file: " + e.getMessage());
        }
        return USAGE;
    }

    private int run(VerifyArguments arguments) throws IOException {
        Verdict verdict;
        try (var in = new BufferedInputStream(Files.newInputStream(arguments.file()), 1 << 16)) {
            in.mark(ProofBundle.MAX_BYTES + 2);
            byte[] start = in.readNBytes(ProofBundle.MAX_BYTES + 1);
            if (Arrays.mismatch(start, ZIP) == ZIP.length) {
                err.println("verify: " + PACKED);
                return USAGE;
            }
            if (isExport(arguments, start)) {
                in.reset();
                verdict = export(arguments, in);
            } else if (lacksKey(arguments, start)) {
                err.print(NO_KEY);
                return USAGE;
            } else {
                verdict = new ReceiptVerifier(arguments.trust(), arguments.since()).verify(start);
            }
        }
        print(verdict, arguments.json());
        return verdict.exitCode();
    }

    /** Progress is for people, so with {@code --json} there is none. */
    private Verdict export(VerifyArguments arguments, InputStream in) throws IOException {
        Progress progress = new Progress(err, terminal, clock);
        LongConsumer report = arguments.json() ? line -> {} : progress::report;
        try {
            return new ExportVerifier(arguments.trust(), arguments.since(), report).verify(in);
        } finally {
            progress.end();
        }
    }

    private void print(Verdict verdict, boolean json) {
        out.print(
                json
                        ? CanonicalJson.writeText(verdict.json()) + "\n"
                        : VerdictText.format(verdict));
    }

    /** A receipt alone brings no key, so one must be given. */
    private static boolean lacksKey(VerifyArguments arguments, byte[] start) {
        return arguments.trust().logs().isEmpty() && !ReceiptVerifier.isJson(start);
    }

    /** By its name, or because its first line is a whole JSON object and more follows. */
    private static boolean isExport(VerifyArguments arguments, byte[] start) {
        String name = arguments.file().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return true;
        }
        Optional<Integer> end = firstLineEnd(start);
        if (end.isEmpty()
                || new String(start, end.get(), start.length - end.get(), UTF_8).isBlank()) {
            return false;
        }
        try {
            byte[] line = Arrays.copyOf(start, end.get());
            CanonicalJson.parseObject(line, ProofBundle.MAX_BYTES);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static Optional<Integer> firstLineEnd(byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (start[i] == '\n') {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
