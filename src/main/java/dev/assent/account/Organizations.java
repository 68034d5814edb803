// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** The organizations of this service. The first one is made at the first start. */
@Singleton
public class Organizations {
    private final OrganizationRepository organizations;
    private final InstantSource clock;

    Organizations(OrganizationRepository organizations, InstantSource clock) {
        this.organizations = organizations;
        this.clock = clock;
    }

    /** The oldest organization; empty before the first start is over. */
    public Optional<Organization> first() {
        return organizations.findFirst();
    }

    /**
     * Makes the first organization, or finds it if there is one already. Whoever calls this holds a
     * lock that keeps a second node from doing the same.
     */
    @Transactional
    public Organization foundFirst(String name) {
        if (organizations.findFirst().isEmpty()) {
            organizations.insert(name, clock.instant());
        }
        return organizations.findFirst().orElseThrow();
    }
}
