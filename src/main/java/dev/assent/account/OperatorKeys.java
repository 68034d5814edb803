// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** The organization's keys, as operators make and revoke them. */
@Singleton
public class OperatorKeys {
    private final ApiKeys keys;
    private final ApiKeyIssuer issuer;
    private final ApiKeyRepository stored;
    private final Isolation isolation;
    private final Trail trail;
    private final InstantSource clock;

    OperatorKeys(
            ApiKeys keys,
            ApiKeyIssuer issuer,
            ApiKeyRepository stored,
            Isolation isolation,
            Trail trail,
            InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.stored = stored;
        this.isolation = isolation;
        this.trail = trail;
        this.clock = clock;
    }

    /** Those that are not revoked, oldest first. */
    public List<ApiKey> list(SignedIn me) {
        return isolation.within(me.organizationId(), () -> keys.list(me.organizationId()));
    }

    /**
     * Makes a key.
     *
     * @param scopes names of {@link Scope}, at least one
     * @return the key itself, told this once
     * @throws Refusal if the name or the scopes are not acceptable
     */
    public String make(SignedIn me, String name, List<String> scopes) {
        NewKey asked = new NewKey(Fields.name("name", name), scopes(scopes));
        return isolation.within(
                me.organizationId(),
                () -> {
                    var issued = issuer.issue(me.organizationId(), asked);
                    trail.note(me, "key-made", "key " + issued.key().id() + " " + asked.name());
                    return issued.secret();
                });
    }

    /**
     * Takes a key back: on this node it opens nothing any more.
     *
     * @throws ProblemException 404 if the organization has no such key, or it is revoked already
     */
    public void revoke(SignedIn me, long id) {
        isolation.within(
                me.organizationId(),
                () -> {
                    if (stored.revoke(me.organizationId(), id, clock.instant()) == 0) {
                        throw ProblemException.notFound("key");
                    }
                    trail.note(me, "key-revoked", "key " + id);
                });
        keys.forget();
    }

    private static LinkedHashSet<Scope> scopes(List<String> words) {
        var scopes =
                words.stream()
                        .map(word -> Scope.of(word).orElseThrow(OperatorKeys::refusal))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        if (scopes.isEmpty()) {
            throw refusal();
        }
        return scopes;
    }

    private static Refusal refusal() {
        return new Refusal("scopes", "Choose at least one thing that the key opens.");
    }
}
