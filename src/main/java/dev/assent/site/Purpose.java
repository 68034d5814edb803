// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What consent is given for.
 *
 * @param id {@code [A-Za-z][A-Za-z0-9_-]*}, at most 64 characters
 * @param required always on, never asked
 * @param dpv the concept of the Data Privacy Vocabulary, such as {@code dpv:ServiceUsageAnalytics};
 *     absent: not said
 * @param signals Google consent types that the purpose grants, perhaps none
 * @param hosts from which nothing is loaded before it is allowed, each as {@link Hosts} writes it
 * @param saleOrShare whether personal data are sold or shared under it, so that a browser's request
 *     not to (Global Privacy Control) switches it off
 * @param trackers declared under it, perhaps none
 */
public record Purpose(
        String id,
        boolean required,
        @Nullable String dpv,
        List<String> signals,
        List<String> hosts,
        boolean saleOrShare,
        List<Tracker> trackers) {

    public Purpose {
        signals = List.copyOf(signals);
        hosts = List.copyOf(hosts);
        trackers = List.copyOf(trackers);
    }
}
