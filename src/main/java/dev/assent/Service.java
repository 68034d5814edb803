// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The running service, with the servers that it brought along. */
final class Service {
    private final String[] arguments;

    /** What to close, last opened first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Service(String[] arguments) {
        this.arguments = arguments;
    }

    /**
     * Starts everything and returns once requests are answered. At SIGTERM it ends in the order
     * that loses nothing: requests, recorder and pool, then the servers that were started here.
     */
    void start() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
        Servers servers = Servers.start(System.getenv());
        open(servers);
        ApplicationContext context =
                Micronaut.build(arguments)
                        .mainClass(Assent.class)
                        .banner(false)
                        .properties(servers.properties())
                        .build();
        open(context);
        context.start();
        // Ends with the context, and not before: it is to answer what is under way.
        context.getBean(EmbeddedServer.class).start();
        context.getBean(Welcome.class).print();
    }

    private synchronized void open(AutoCloseable part) {
        open.push(part);
    }

    private synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // The rest is to be closed all the same, and logging may have ended already.
                System.err.println("assent: did not end cleanly: " + e.getMessage());
            }
        }
    }
}
