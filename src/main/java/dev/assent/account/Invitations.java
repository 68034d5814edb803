// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How colleagues come in: an owner invites an address, by a link that works once. */
@Singleton
public class Invitations {
    private final InvitationRepository invitations;
    private final MembershipRepository memberships;
    private final OperatorRepository operators;
    private final OrganizationRepository organizations;
    private final OneTimeLinks links;
    private final Passwords passwords;
    private final SignIn signIn;
    private final Isolation isolation;
    private final Mail mail;
    private final Trail trail;
    private final InstantSource clock;

    Invitations(
            InvitationRepository invitations,
            MembershipRepository memberships,
            OperatorRepository operators,
            OrganizationRepository organizations,
            OneTimeLinks links,
            Passwords passwords,
            SignIn signIn,
            Isolation isolation,
            Mail mail,
            Trail trail,
            InstantSource clock) {
        this.invitations = invitations;
        this.memberships = memberships;
        this.operators = operators;
        this.organizations = organizations;
        this.links = links;
        this.passwords = passwords;
        this.signIn = signIn;
        this.isolation = isolation;
        this.mail = mail;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * An invitation as the invited person reads it.
     *
     * @param known whether the address has an account, whose password is then asked for
     */
    public record Opened(String organization, String email, String role, boolean known) {}

    /** Those that wait for an answer, newest first. */
    public List<Invitation> list(SignedIn me) {
        return isolation.within(
                me.organizationId(), () -> invitations.list(me.organizationId(), clock.instant()));
    }

    /**
     * Invites an address; an earlier invitation of the same is withdrawn. The link is also mailed
     * where mail is configured.
     *
     * @return the link, told this once
     * @throws Refusal if it is no address, or belongs to a member
     */
    public String invite(SignedIn owner, String typed, Role role) {
        String email = Fields.email(typed);
        long organization = owner.organizationId();
        String link =
                isolation.within(
                        organization,
                        () -> {
                            refuseMember(organization, email);
                            Instant now = clock.instant();
                            invitations.removeByEmail(organization, email);
                            long id =
                                    invitations.insert(
                                            organization,
                                            email,
                                            role.word(),
                                            owner.operatorId(),
                                            now,
                                            now.plus(OneTimeLinks.Purpose.INVITATION.lifetime()));
                            trail.note(owner, "member-invited", email + " as " + role.word());
                            return links.makeInvitation(organization, id);
                        });
        mail.later(() -> Optional.of(letter(owner, email, link)));
        return link;
    }

    /**
     * Withdraws an invitation; its link is worth nothing from now on.
     *
     * @throws ProblemException 404 if the organization has no such invitation
     */
    public void withdraw(SignedIn owner, long id) {
        isolation.within(
                owner.organizationId(),
                () -> {
                    Invitation invitation =
                            invitations
                                    .find(owner.organizationId(), id)
                                    .orElseThrow(() -> ProblemException.notFound("invitation"));
                    invitations.remove(owner.organizationId(), id);
                    trail.note(owner, "invitation-withdrawn", invitation.email());
                });
    }

    /**
     * What {@code token} invites to.
     *
     * @throws Refusal if the link is worth nothing
     */
    public Opened open(Token token) {
        Invitation invitation = find(token);
        return new Opened(
                organizations.findById(invitation.organizationId()).orElseThrow().name(),
                invitation.email(),
                invitation.role(),
                operators.findByEmail(invitation.email()).isPresent());
    }

    /**
     * Accepts: who has an account joins with it, by its password; who has none makes one.
     *
     * @param name of a new account; of no meaning for one that is known
     * @throws Refusal if the link is worth nothing or a field is at fault
     * @throws TooManyAttempts after several wrong passwords
     */
    public void accept(Token token, String name, String password) {
        Invitation invitation = find(token);
        Optional<Operator> known = operators.findByEmail(invitation.email());
        if (known.isPresent()) {
            signIn.check(invitation.email(), password);
            join(token, invitation, null, null);
        } else {
            String fullName = Fields.name("name", name);
            String fresh = Fields.newPassword(password, invitation.email());
            join(token, invitation, fullName, passwords.hash(fresh));
        }
    }

    private void join(
            Token token, Invitation invitation, @Nullable String name, @Nullable String hash) {
        long organization = invitation.organizationId();
        isolation.within(
                organization,
                () -> {
                    links.use(token, OneTimeLinks.Purpose.INVITATION);
                    if (name != null && hash != null) {
                        operators.insert(invitation.email(), name, hash, clock.instant());
                    }
                    long operator = operators.findByEmail(invitation.email()).orElseThrow().id();
                    memberships.insert(organization, operator, invitation.role(), clock.instant());
                    invitations.remove(organization, invitation.id());
                    trail.note(
                            organization,
                            operator,
                            "invitation-accepted",
                            "as " + invitation.role());
                });
    }

    private Invitation find(Token token) {
        OneTimeLink link = links.find(token, OneTimeLinks.Purpose.INVITATION);
        long organization = Objects.requireNonNull(link.organizationId());
        long id = Objects.requireNonNull(link.invitationId());
        return isolation
                .within(organization, () -> invitations.find(organization, id))
                .orElseThrow(() -> OneTimeLinks.WORTHLESS);
    }

    private void refuseMember(long organization, String email) {
        boolean member =
                operators
                        .findByEmail(email)
                        .flatMap(operator -> memberships.find(organization, operator.id()))
                        .isPresent();
        if (member) {
            throw new Refusal("email", "This address belongs to a member already.");
        }
    }

    private static Mail.Message letter(SignedIn owner, String email, String link) {
        return new Mail.Message(
                email,
                "An invitation to Assent",
                """
                %s invites you to %s on Assent.

                %s

                The link works once, within seven days.
                """
                        .formatted(owner.name(), owner.organizationName(), link));
    }
}
