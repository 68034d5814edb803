// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.assent.TestApi;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** An HTTP/1.1 client that takes a few kilobytes and no more until it is told to. */
final class SlowClient implements AutoCloseable {
    private static final int WINDOW = 8_192;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    SlowClient(URI service, String path) throws IOException {
        socket.setReceiveBufferSize(WINDOW);
        socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
        String request =
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
                        + TestApi.ADMIN_KEY
                        + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    /** The status line and the headers. */
    String readHead() throws IOException {
        var head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    /**
     * The body of an answer in chunks.
     *
     * @throws EOFException if it ends without the chunk that ends it
     */
    byte[] readBody() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            byte[] chunk = new byte[size];
            in.readFully(chunk);
            body.writeBytes(chunk);
            line();
        }
        return body.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
