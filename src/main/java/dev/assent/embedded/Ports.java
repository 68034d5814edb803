// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on the loopback address. */
final class Ports {
    /** Below the range from which Linux takes the ports of outgoing connections (32768 up). */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int CONNECT_MILLIS = 300;

    private Ports() {}

    static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The port noted in {@code file} if nobody else has taken it since, or a new one, noted. */
    static int kept(Path file) throws IOException {
        if (Files.exists(file)) {
            String noted = Files.readString(file).strip();
            if (noted.matches("[1-9][0-9]{3,4}") && isFree(Integer.parseInt(noted))) {
                return Integer.parseInt(noted);
            }
        }
        int port = free();
        Files.writeString(file, port + "\n");
        return port;
    }
}
