// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public internet from those of machines, networks and clouds that are
 * nobody's business outside. Unknown space counts as private.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special-purpose
 *     IPv4 addresses</a> <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">and
 *     IPv6 addresses</a>
 */
final class PublicAddresses {
    private static final List<AddressBlock> SPECIAL_4 =
            blocks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4");

    /** All else is loopback, mapped, NAT64, unique local, link-local, multicast or reserved. */
    private static final List<AddressBlock> GLOBAL_6 = blocks("2000::/3");

    /** Of those: Teredo and other protocols, documentation, 6to4, AS112. */
    private static final List<AddressBlock> SPECIAL_6 =
            blocks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        return address instanceof Inet4Address
                ? !isIn(SPECIAL_4, address)
                : isIn(GLOBAL_6, address) && !isIn(SPECIAL_6, address);
    }

    private static boolean isIn(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts).map(AddressBlock::parse).toList();
    }
}
