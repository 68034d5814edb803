// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.context.annotation.Property;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that may say for whom they ask, {@code ASSENT_TRUSTED_PROXIES}: addresses and CIDR
 * blocks, separated by commas. None by default, and then {@code X-Forwarded-For} is not read at
 * all: anybody can send one.
 *
 * <p>With proxies configured the header is walked from the right. Each proxy appends the address it
 * was asked from, so only what stands to the right of the first address that is no trusted proxy
 * was written by one. What does not read as an address ends the walk: the proxy that passed it on
 * counts as the client.
 */
@Singleton
public final class TrustedProxies {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** More hops than any real chain has; the rest of a longer header is not read. */
    private static final int MAX_HOPS = 20;

    private final List<AddressBlock> blocks;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @throws IllegalArgumentException if an entry is neither an address nor a CIDR block
     */
    TrustedProxies(@Nullable @Property(name = "assent.trusted-proxies") List<String> configured) {
        this.blocks =
                configured == null
                        ? List.of()
                        : configured.stream()
                                .filter(text -> !text.isBlank())
                                .map(AddressBlock::parse)
                                .toList();
    }

    /** The network of the client who sent {@code request}. */
    public ClientNetwork clientOf(HttpRequest<?> request) {
        InetAddress peer = request.getRemoteAddress().getAddress();
        List<String> headers = request.getHeaders().getAll(FORWARDED_FOR);
        if (headers.isEmpty()) {
            return ClientNetwork.of(peer);
        }
        if (!isTrusted(peer)) {
            warnOnce();
            return ClientNetwork.of(peer);
        }
        return ClientNetwork.of(walk(peer, hops(headers)));
    }

    private InetAddress walk(InetAddress peer, List<String> hops) {
        InetAddress client = peer;
        int last = Math.max(0, hops.size() - MAX_HOPS);
        for (int i = hops.size() - 1; i >= last && isTrusted(client); i--) {
            InetAddress hop = AddressBlock.address(hops.get(i));
            if (hop == null) {
                break;
            }
            client = hop;
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        for (AddressBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> hops(List<String> headers) {
        List<String> hops = new ArrayList<>();
        for (String header : headers) {
            hops.addAll(List.of(header.split(",", -1)));
        }
        return hops;
    }

    /** An operator who forgot the setting would see all visitors limited as one. */
    private void warnOnce() {
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "a request carries X-Forwarded-For, but its sender is not among"
                            + " ASSENT_TRUSTED_PROXIES; the rate limit counts by the sender");
        }
    }
}
