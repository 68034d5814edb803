// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses in CIDR form (RFC 4632, RFC 4291 §2.3), such as {@code 10.0.0.0/8}.
 *
 * @param network an address in the block
 * @param bits how many leading bits all addresses of the block have in common
 */
record AddressBlock(InetAddress network, int bits) {

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS/BITS}.
     *
     * @throws IllegalArgumentException for anything else; the text is an operator's and is shown
     */
    static AddressBlock parse(String text) {
        String block = text.strip();
        int slash = block.indexOf('/');
        InetAddress network = address(slash < 0 ? block : block.substring(0, slash));
        if (network != null) {
            int all = network.getAddress().length * 8;
            int bits = slash < 0 ? all : number(block.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new AddressBlock(network, bits);
            }
        }
        throw new IllegalArgumentException(
                "ASSENT_TRUSTED_PROXIES takes addresses and blocks such as 10.0.0.0/8, not "
                        + block);
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = 0xff00 >> Math.min(8, bits - bit) & 0xff;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads an address as proxies write it: {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code
     * 2001:db8::1}, {@code [2001:db8::1]}, {@code [2001:db8::1]:4711}. Never asks a name server.
     *
     * @return null for anything else
     */
    static @Nullable InetAddress address(String text) {
        String bare = withoutPort(text.strip());
        // A zone (%eth0) has a meaning on its own host only.
        boolean six = bare.indexOf(':') >= 0 && bare.indexOf('%') < 0;
        boolean four = bare.chars().filter(c -> c == '.').count() == 3;
        if (!six && !four) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }
}
