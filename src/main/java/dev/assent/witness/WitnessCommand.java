// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import dev.assent.note.NoteSigner;
import dev.assent.witness.WitnessArguments.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;

/** {@code assent witness}: the command line around {@link WitnessServer}. */
public final class WitnessCommand {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String HELP =
            """
            witness --log VKEY [--log VKEY ...] [--name NAME] [--state DIR] [--host HOST] [--port PORT]

              --log VKEY    a log to watch, by its public key; the key's name is the log's origin.
                            Two keys of one name are one log that changes its key
              --name NAME   the name of the witness's key, which is made on the first start;
                            an address without scheme, for example witness.example.org/assent
              --state DIR   where key and checkpoints are kept (./witness); never restore an old copy
              --host HOST   address to listen on (127.0.0.1)
              --port PORT   port to listen on (8081); 0 takes a free one

            Runs until Ctrl-C or SIGTERM. Exit code: 1 it cannot start, 2 usage.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final InstantSource clock;

    /**
     * @param out takes the public key and where the witness listens
     * @param err takes what goes wrong
     */
    public WitnessCommand(PrintStream out, PrintStream err, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /**
     * Starts the witness; its threads keep the process alive until it is told to end.
     *
     * @param arguments what follows the word {@code witness}
     * @return 0 if it runs now, else the exit code
     */
    public int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(HELP);
            return 0;
        }
        try {
            Running running = start(WitnessArguments.parse(List.of(arguments)));
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
            return 0;
        } catch (UsageException e) {
            err.println("witness: " + e.getMessage());
            err.print(HELP);
            return USAGE;
        } catch (WitnessException e) {
            err.println("witness: " + e.getMessage());
        } catch (IOException e) {
            err.println("witness: " + e);
        }
        return FAILED;
    }

    /** A witness that answers. */
    record Running(WitnessServer server, StateFolder folder) implements AutoCloseable {
        /** First the last answers, then the folder. */
        @Override
        public void close() {
            server.close();
            try {
                folder.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot close the lock file", e);
            }
        }
    }

    Running start(WitnessArguments arguments) throws WitnessException, UsageException, IOException {
        InetSocketAddress address = address(arguments);
        StateFolder folder = StateFolder.open(arguments.state());
        boolean started = false;
        try {
            NoteSigner signer = WitnessKey.load(folder, arguments.name(), clock);
            Witness witness = new Witness(arguments.logs(), signer, folder);
            WitnessServer server = new WitnessServer(witness, address, err);
            started = true;
            announce(witness, address.getHostString() + ":" + server.port());
            return new Running(server, folder);
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    private static InetSocketAddress address(WitnessArguments arguments) throws UsageException {
        try {
            return new InetSocketAddress(InetAddress.getByName(arguments.host()), arguments.port());
        } catch (UnknownHostException e) {
            throw new UsageException("--host: there is no address " + arguments.host());
        }
    }

    private void announce(Witness witness, String at) {
        out.println(witness.key().vkey());
        out.println("witness: this is the public key; the log's operator, and whoever verifies,");
        out.println("witness: puts it into a trust file as the line");
        out.println("witness:   witness NAME " + witness.key().vkey() + " http://" + at);
        witness.logs()
                .forEach(log ->
                        out.println(
                                "witness: watching "
                                        + log.origin()
                                        + " from size "
                                        + log.last().size()));
        out.println("witness: listening on http://" + at);
        out.flush();
    }
}
