// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assent.note.AddCheckpoint;
import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A witness that answers whatever the test wants. */
final class FalseWitness implements AutoCloseable {
    /** An answer; the type is that of a size where the status is 409. */
    record Reply(int status, String body) {}

    private final HttpServer server;
    private final NoteSigner signer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<AddCheckpoint, Reply> behaviour = this::cosign;
    final CopyOnWriteArrayList<Long> askedFrom = new CopyOnWriteArrayList<>();

    FalseWitness(InstantSource clock) throws IOException, NoteException {
        signer = newSigner("false.example/w", clock);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/add-checkpoint", this::handle);
        server.start();
    }

    static NoteSigner newSigner(String name, InstantSource clock) throws NoteException {
        String skey = NoteSigner.newKey(name, SignatureType.COSIGNATURE_V1, new SecureRandom());
        return NoteSigner.cosigner(skey, clock);
    }

    void answers(Function<AddCheckpoint, Reply> next) {
        behaviour = next;
    }

    void answers(int status, String body) {
        answers(request -> new Reply(status, body));
    }

    /** As a real one does, but that it believes everything. */
    Reply cosign(AddCheckpoint request) {
        return new Reply(200, signer.sign(request.checkpoint().text()).format() + "\n");
    }

    /** Never answers, while it is open. */
    Reply hang(AddCheckpoint request) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return cosign(request);
    }

    /** Begins its answer and never ends it. */
    Reply trickle(AddCheckpoint request) {
        return new Reply(200, "");
    }

    Witness witness() {
        return new Witness(key(), url());
    }

    NoteVerifier key() {
        return signer.verifier();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            AddCheckpoint request = AddCheckpoint.parse(exchange.getRequestBody().readAllBytes());
            askedFrom.add(request.oldSize());
            Reply reply = behaviour.apply(request);
            byte[] body = reply.body().getBytes(UTF_8);
            if (reply.status() == 409) {
                exchange.getResponseHeaders().set("Content-Type", AddCheckpoint.SIZE_TYPE);
            }
            exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            // Where there is nothing to say it promises more than comes.
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? 10 : body.length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            if (body.length == 0) {
                closed.await();
            }
        } catch (NoteException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
