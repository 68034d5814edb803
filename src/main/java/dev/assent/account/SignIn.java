// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.ClientNetwork;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * How an operator comes in: by password and, where it is on, the second factor. Whoever fails is
 * told the same in the same time, whether there is such an account or not.
 */
@Singleton
public class SignIn {
    private static final Refusal WRONG =
            new Refusal("", "Email address and password do not belong together.");
    private static final Refusal TOO_LATE =
            new Refusal("", "That took too long. Begin again with your password.");

    /** Failures in a row at which an account's owner can read of it in the trail. */
    private static final int WORTH_NOTING = 5;

    private final OperatorRepository operators;
    private final MembershipRepository memberships;
    private final Isolation isolation;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final Delays delays;
    private final Sessions sessions;
    private final Trail trail;

    SignIn(
            OperatorRepository operators,
            MembershipRepository memberships,
            Isolation isolation,
            Passwords passwords,
            SecondFactors factors,
            Delays delays,
            Sessions sessions,
            Trail trail) {
        this.operators = operators;
        this.memberships = memberships;
        this.isolation = isolation;
        this.passwords = passwords;
        this.factors = factors;
        this.delays = delays;
        this.sessions = sessions;
        this.trail = trail;
    }

    /**
     * What a right password opens.
     *
     * @param token of the session, for the cookie
     * @param awaitsCode whether it opens nothing until {@link #code}
     */
    public record Opened(Token token, boolean awaitsCode) {}

    /**
     * Begins a session by password.
     *
     * @param browser in coarse words, for the operator's own list
     * @throws Refusal if address and password do not belong together
     * @throws TooManyAttempts after several failures, of the account or from the network
     */
    public Opened password(String email, String password, ClientNetwork network, String browser) {
        delays.begin(network);
        Operator operator = check(email, password);
        delays.succeeded(network);
        List<Membership> places =
                isolation.ofOperator(
                        operator.id(), () -> memberships.listByOperator(operator.id()));
        if (places.isEmpty()) {
            throw new Refusal("", "You belong to no organization any more. Ask its owner.");
        }
        Membership place = places.getFirst();
        boolean awaitsCode = factors.isOn(operator.id());
        Token token = sessions.open(operator.id(), place, awaitsCode, browser);
        if (!awaitsCode) {
            trail.note(place.organizationId(), operator.id(), "sign-in", "");
        }
        return new Opened(token, awaitsCode);
    }

    /** Whether {@code token} is of a session that awaits its code. */
    public boolean awaitsCode(Token token) {
        return sessions.awaitingCode(token).isPresent();
    }

    /**
     * Goes on with the second factor: a code of the app or a backup code.
     *
     * @return the token of a new session, in place of {@code token}
     * @throws Refusal if the code is wrong, was used before, or came too late
     * @throws TooManyAttempts after several wrong ones
     */
    public Token code(Token token, String typed, ClientNetwork network, String browser) {
        OperatorSession waiting = sessions.awaitingCode(token).orElseThrow(() -> TOO_LATE);
        delays.begin(network);
        boolean backup = factors.take(waiting.operatorId(), typed);
        delays.succeeded(network);
        sessions.end(token);
        var place = new Membership(waiting.organizationId(), waiting.operatorId(), waiting.role());
        Token opened = sessions.open(waiting.operatorId(), place, false, browser);
        trail.note(
                place.organizationId(),
                waiting.operatorId(),
                "sign-in",
                backup ? "with a backup code" : "with a code");
        return opened;
    }

    /** Ends the session. */
    public void out(Token token) {
        sessions.find(token).ifPresent(me -> trail.note(me, "sign-out", ""));
        sessions.end(token);
    }

    /**
     * The operator whose address and password these are.
     *
     * @throws Refusal if they do not belong together
     * @throws TooManyAttempts after several failures
     */
    Operator check(String email, String password) {
        String address = email.strip().toLowerCase(java.util.Locale.ROOT);
        Delays.Subject subject = Delays.Subject.ofPassword(address);
        int failures = delays.begin(subject);
        // No account has an address that the database would not take either.
        Optional<Operator> operator =
                Fields.isEmail(address) ? operators.findByEmail(address) : Optional.empty();
        if (!passwords.matches(Fields.normal(password), operator.map(Operator::passwordHash))) {
            if (failures == WORTH_NOTING) {
                operator.ifPresent(this::noteFailures);
            }
            throw WRONG;
        }
        delays.succeeded(subject);
        return operator.orElseThrow();
    }

    private void noteFailures(Operator operator) {
        isolation
                .ofOperator(operator.id(), () -> memberships.listByOperator(operator.id()))
                .forEach(place ->
                        trail.note(
                                place.organizationId(),
                                operator.id(),
                                "sign-in-delayed",
                                "after " + WORTH_NOTING + " wrong passwords"));
    }
}
