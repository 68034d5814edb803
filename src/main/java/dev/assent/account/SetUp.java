// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** How the first operator comes in: by a link that the service prints where it was started. */
@Singleton
public class SetUp {
    private final OperatorRepository operators;
    private final MembershipRepository memberships;
    private final OrganizationRepository organizations;
    private final OneTimeLinks links;
    private final OneTimeLinkRepository stored;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Isolation isolation;
    private final Trail trail;
    private final InstantSource clock;

    SetUp(
            OperatorRepository operators,
            MembershipRepository memberships,
            OrganizationRepository organizations,
            OneTimeLinks links,
            OneTimeLinkRepository stored,
            Passwords passwords,
            Sessions sessions,
            Isolation isolation,
            Trail trail,
            InstantSource clock) {
        this.operators = operators;
        this.memberships = memberships;
        this.organizations = organizations;
        this.links = links;
        this.stored = stored;
        this.passwords = passwords;
        this.sessions = sessions;
        this.isolation = isolation;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * What the first owner says.
     *
     * @param organization its name, which replaces that of the first start
     */
    public record Wish(String organization, String name, String email, String password) {}

    public boolean isDone() {
        return operators.existsAny();
    }

    /** A new link, good for 24 hours; empty once there is an operator. */
    public Optional<String> link() {
        return isDone() ? Optional.empty() : Optional.of(links.makeSetUp());
    }

    /**
     * Makes the first owner, and signs in.
     *
     * @throws Refusal if a field is at fault, the link is worth nothing, or there is an operator
     */
    public Token complete(Token link, Wish wish, String browser) {
        String organization = Fields.name("organization", wish.organization());
        String name = Fields.name("name", wish.name());
        String email = Fields.email(wish.email());
        links.find(link, OneTimeLinks.Purpose.SET_UP);
        String hash = passwords.hash(Fields.newPassword(wish.password(), email));
        return make(link, organization, name, email, hash, browser);
    }

    @Transactional
    Token make(
            Token link,
            String organization,
            String name,
            String email,
            String hash,
            String browser) {
        Organization first = organizations.lockFirst().orElseThrow();
        links.use(link, OneTimeLinks.Purpose.SET_UP);
        if (isDone()) {
            throw new Refusal("token", "This service has been set up. Sign in instead.");
        }
        stored.removeSetUps();
        organizations.rename(first.id(), organization);
        operators.insert(email, name, hash, clock.instant());
        long operator = operators.findByEmail(email).orElseThrow().id();
        var owner = new Membership(first.id(), operator, Role.OWNER.word());
        isolation.within(
                first.id(),
                () -> memberships.insert(first.id(), operator, owner.role(), clock.instant()));
        trail.note(first.id(), operator, "organization-set-up", "");
        return sessions.open(operator, owner, false, browser);
    }
}
