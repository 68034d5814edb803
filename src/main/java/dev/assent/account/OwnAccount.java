// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** What operators do with their own account. */
@Singleton
public class OwnAccount {
    private final OperatorRepository operators;
    private final MembershipRepository memberships;
    private final SignIn signIn;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Isolation isolation;
    private final Trail trail;

    OwnAccount(
            OperatorRepository operators,
            MembershipRepository memberships,
            SignIn signIn,
            Passwords passwords,
            Sessions sessions,
            Isolation isolation,
            Trail trail) {
        this.operators = operators;
        this.memberships = memberships;
        this.signIn = signIn;
        this.passwords = passwords;
        this.sessions = sessions;
        this.isolation = isolation;
        this.trail = trail;
    }

    /**
     * Has the operator say the password again, before something that whoever finds an open browser
     * must not do.
     *
     * @throws Refusal if it is another one
     * @throws TooManyAttempts after several wrong ones
     */
    public void confirm(SignedIn me, String password) {
        try {
            signIn.check(me.email(), password);
        } catch (Refusal wrong) {
            throw new Refusal("current", "This is not your password.");
        }
    }

    /**
     * Sets another password; all other sessions end, this one goes on under another token.
     *
     * @return that token
     * @throws Refusal if the current one is wrong or the new one not good enough
     */
    public Token changePassword(
            SignedIn me, Token token, String current, String fresh, String browser) {
        String password = Fields.newPassword(fresh, me.email());
        confirm(me, current);
        String hash = passwords.hash(password);
        return replace(me, token, hash, browser);
    }

    @Transactional
    Token replace(SignedIn me, Token token, String hash, String browser) {
        operators.setPassword(me.operatorId(), hash);
        sessions.endOthers(me);
        trail.note(me, "password-changed", "");
        return renew(me, token, me.organizationId(), browser);
    }

    /**
     * Goes on in another organization that one belongs to, under another token.
     *
     * @throws ProblemException 404 if one does not belong there
     */
    @Transactional
    public Token enter(SignedIn me, Token token, long organizationId, String browser) {
        Token fresh = renew(me, token, organizationId, browser);
        isolation.ofOperator(
                me.operatorId(),
                () -> {
                    String how = "from another organization";
                    trail.note(organizationId, me.operatorId(), "sign-in", how);
                    return true;
                });
        return fresh;
    }

    /** A new token at every change of what a session may: the old one opens nothing. */
    @Transactional
    public Token renew(SignedIn me, Token token, long organizationId, String browser) {
        Membership place =
                isolation
                        .ofOperator(
                                me.operatorId(),
                                () -> memberships.find(organizationId, me.operatorId()))
                        .orElseThrow(() -> ProblemException.notFound("organization"));
        Token fresh = sessions.open(me.operatorId(), place, false, browser);
        sessions.end(token);
        return fresh;
    }
}
