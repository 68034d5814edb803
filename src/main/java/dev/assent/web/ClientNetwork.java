// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The network that a request comes from: the first 24 bits of an IPv4 address, the first 48 of an
 * IPv6 address, which is what one household or office usually has. It is held in memory for the
 * rate limit alone; it is never stored, and {@link #toString} says nothing, so that it is never
 * logged.
 *
 * @param version 4 or 6; an IPv4 address in IPv6 clothes ({@code ::ffff:a.b.c.d}) counts as 4
 * @param prefix the 24 or 48 bits
 */
public record ClientNetwork(int version, long prefix) {

    /** The network of {@code address}. */
    static ClientNetwork of(InetAddress address) {
        // The JDK itself makes an IPv4 address of a mapped one.
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? new ClientNetwork(
                        4, Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()) >>> 8)
                : new ClientNetwork(6, ByteBuffer.wrap(bytes).getLong() >>> 16);
    }

    @Override
    public String toString() {
        return "a network";
    }
}
