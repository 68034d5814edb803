// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.evidence.EvidenceCheck;
import dev.assent.log.Findings;
import dev.assent.log.KeyFile;
import dev.assent.log.LogCheck;
import dev.assent.log.LogKeys;
import dev.assent.receipt.Entry;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The command {@code fsck}: recomputes every tile and checkpoint from the entries, and compares the
 * entries with what they stand for. It changes nothing, sees one state of the database, and may run
 * beside a service.
 */
final class FsckCommand {
    private static final int WHOLE = 0;
    private static final int FAULTS = 1;
    private static final int UNREADABLE = 2;

    private static final String HELP =
            """
            fsck

            Checks the database that the service works with: ASSENT_DATABASE_URL and so on, else the
            one in ASSENT_DATA_DIR, whether a service is running on it or not. Changes nothing.

              tiles and checkpoints   made again from the entries, signatures verified
              evidence                each entry has its record or tombstone, artefact or statement
              list beside the key     its newest checkpoint, if ASSENT_LOG_KEY_FILE is here

            Prints what there is, then 'ok' or the faults, by the numbers of entries and sites.
            Exit code: 0 whole, 1 faults found, 2 usage, or the database cannot be read.
            """;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param environment the service's settings
     * @param out takes the result
     * @param err takes progress, and why nothing could be checked
     */
    FsckCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param arguments what follows the word {@code fsck}
     * @return the exit code
     */
    int run(String... arguments) {
        if (arguments.length > 0) {
            boolean help = arguments[0].equals("--help");
            (help ? out : err).print(HELP);
            return help ? WHOLE : UNREADABLE;
        }
        try (FsckDatabase database = FsckDatabase.find(environment);
                Connection connection = database.connect()) {
            return check(connection);
        } catch (SQLException | RuntimeException e) {
            LoggerFactory.getLogger(FsckCommand.class).debug("cannot check", e);
            err.println("fsck: cannot check: " + StartFailure.reason(e));
            return UNREADABLE;
        }
    }

    private int check(Connection connection) throws SQLException {
        var findings = new Findings();
        var progress = new FsckProgress(err);
        KeyFile key =
                LogKeys.file(
                        environment.get("ASSENT_LOG_KEY_FILE"),
                        environment.getOrDefault("ASSENT_DATA_DIR", "data"));
        // Reads the list beside the key, which must be before the database is looked at.
        var log =
                new LogCheck(
                        connection,
                        key,
                        findings,
                        done -> progress.say("tiles and checkpoints", done));
        LogCheck.Counts tree = log.run();
        EvidenceCheck.Counts evidence =
                new EvidenceCheck(connection, findings, done -> progress.say("evidence", done))
                        .run();
        connection.rollback();
        print(tree, evidence);
        print(findings);
        return findings.count() == 0 ? WHOLE : FAULTS;
    }

    private void print(LogCheck.Counts tree, EvidenceCheck.Counts evidence) {
        print("entries", tree.entries());
        for (Entry.Type type : Entry.Type.values()) {
            print("  " + words(type), evidence.entries().getOrDefault(type, 0L));
        }
        print("sites", evidence.sites());
        print("records", evidence.records());
        print("tombstones", evidence.tombstones());
        print("policy versions", evidence.policyVersions());
        print("artefacts", evidence.artefacts());
        print("tiles", tree.tiles());
        print("checkpoints", tree.checkpoints());
        print("  newest over", tree.covered());
        if (!tree.journal()) {
            out.println("the list of signed checkpoints beside the key is not here: not compared");
        }
    }

    private void print(String what, long count) {
        out.printf(Locale.ROOT, "%-18s %d%n", what, count);
    }

    private void print(Findings findings) {
        if (findings.count() == 0) {
            out.println("ok");
            return;
        }
        findings.faults().forEach(out::println);
        long more = findings.count() - findings.faults().size();
        out.println(findings.count() + " faults" + (more > 0 ? ", " + more + " not shown" : ""));
    }

    private static String words(Entry.Type type) {
        return switch (type) {
            case CONSENT_RECORD -> "consent records";
            case ARTEFACT -> "artefacts";
            case ERASURE -> "erasures";
            case LOG_EVENT -> "log events";
        };
    }
}
