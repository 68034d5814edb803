// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.ClientNetwork;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * A way back for who has forgotten the password: a link that comes by mail, from an owner, or from
 * whoever runs the machine. The second factor stays on.
 */
@Singleton
public class PasswordReset {
    private final OperatorRepository operators;
    private final MembershipRepository memberships;
    private final OneTimeLinks links;
    private final Members members;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Delays delays;
    private final Isolation isolation;
    private final Mail mail;
    private final Trail trail;

    PasswordReset(
            OperatorRepository operators,
            MembershipRepository memberships,
            OneTimeLinks links,
            Members members,
            Passwords passwords,
            Sessions sessions,
            Delays delays,
            Isolation isolation,
            Mail mail,
            Trail trail) {
        this.operators = operators;
        this.memberships = memberships;
        this.links = links;
        this.members = members;
        this.passwords = passwords;
        this.sessions = sessions;
        this.delays = delays;
        this.isolation = isolation;
        this.mail = mail;
        this.trail = trail;
    }

    /**
     * Sends a link, if there is such an operator and mail is configured. The caller learns neither,
     * by words or by time: looking up and sending happen after the answer.
     *
     * @throws TooManyAttempts after many from one network
     */
    public void ask(String email, ClientNetwork network) {
        delays.begin(network);
        String address = Fields.email(email);
        mail.later(() -> letter(address));
    }

    /** Nothing where there is no such operator, or many have been asked for: nobody is flooded. */
    private Optional<Mail.Message> letter(String address) {
        Optional<Operator> operator = operators.findByEmail(address);
        try {
            operator.ifPresent(found -> delays.begin(Delays.Subject.ofMail(address)));
        } catch (TooManyAttempts early) {
            return Optional.empty();
        }
        return operator.map(found ->
                new Mail.Message(
                        found.email(),
                        "Your password for Assent",
                        """
                        Somebody, you we hope, wants to set a new password for your account.

                        %s

                        The link works once, within an hour. If it was not you, do nothing.
                        """
                                .formatted(links.makeReset(found.id()))));
    }

    /**
     * A link for a colleague.
     *
     * @throws ProblemException 404 if the organization has no such member
     */
    public String linkFor(SignedIn owner, long operatorId) {
        if (!members.has(owner, operatorId)) {
            throw ProblemException.notFound("member");
        }
        trail.note(owner, "reset-link-made", "operator " + operatorId);
        return links.makeReset(operatorId);
    }

    /**
     * Sets a new password; all sessions end.
     *
     * @throws Refusal if the link is worth nothing or the password not good enough
     */
    public void complete(Token token, String password) {
        OneTimeLink link = links.find(token, OneTimeLinks.Purpose.RESET);
        Operator operator = operators.findById(requireOperator(link)).orElseThrow();
        String hash = passwords.hash(Fields.newPassword(password, operator.email()));
        set(token, operator, hash);
        delays.succeeded(Delays.Subject.ofPassword(operator.email()));
    }

    @Transactional
    void set(Token token, Operator operator, String hash) {
        links.use(token, OneTimeLinks.Purpose.RESET);
        operators.setPassword(operator.id(), hash);
        sessions.endAll(operator.id());
        note(operator.id(), "password-reset", "");
    }

    private void note(long operatorId, String action, String subject) {
        isolation
                .ofOperator(operatorId, () -> memberships.listByOperator(operatorId))
                .forEach(place -> trail.note(place.organizationId(), operatorId, action, subject));
    }

    private static long requireOperator(OneTimeLink link) {
        Long operatorId = link.operatorId();
        if (operatorId == null) {
            throw new IllegalStateException("a link of purpose reset names an operator");
        }
        return operatorId;
    }
}
