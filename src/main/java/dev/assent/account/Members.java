// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.ProblemException;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.util.List;

/** Who belongs to an organization. There is always an owner. */
@Singleton
public class Members {
    private final MembershipRepository memberships;
    private final Sessions sessions;
    private final Isolation isolation;
    private final Trail trail;

    Members(MembershipRepository memberships, Sessions sessions, Isolation isolation, Trail trail) {
        this.memberships = memberships;
        this.sessions = sessions;
        this.isolation = isolation;
        this.trail = trail;
    }

    /**
     * A member as the others see it.
     *
     * @param id of the operator
     * @param role the lower-case name of a {@link Role}
     * @param secondFactor whether signing in takes a code
     */
    @Introspected
    public record Member(long id, String email, String name, String role, boolean secondFactor) {}

    /** An organization that an operator belongs to. */
    @Introspected
    public record Place(long id, String name) {}

    /** By name. */
    public List<Member> list(SignedIn me) {
        return isolation.within(me.organizationId(), () -> memberships.list(me.organizationId()));
    }

    /** Where one belongs, by name. */
    public List<Place> places(SignedIn me) {
        return isolation.ofOperator(me.operatorId(), () -> memberships.listPlaces(me.operatorId()));
    }

    /**
     * Gives a member another role, at once in all its sessions.
     *
     * @throws ProblemException 404 if the organization has no such member
     * @throws Refusal if it would leave no owner
     */
    public void setRole(SignedIn me, long operatorId, Role role) {
        Runnable refresh = sessions.refreshing(operatorId);
        isolation.within(
                me.organizationId(),
                () -> {
                    Membership before = require(me, operatorId);
                    if (role != Role.OWNER) {
                        keepAnOwner(me, operatorId);
                    }
                    memberships.setRole(me.organizationId(), operatorId, role.word());
                    trail.note(
                            me,
                            "role-changed",
                            "operator %d, from %s to %s"
                                    .formatted(operatorId, before.role(), role.word()));
                });
        refresh.run();
    }

    /**
     * Takes a member out of the organization; its sessions there end.
     *
     * @throws ProblemException 404 if the organization has no such member
     * @throws Refusal if it would leave no owner
     */
    public void remove(SignedIn me, long operatorId) {
        // Known before the database ends the sessions together with the membership.
        Runnable refresh = sessions.refreshing(operatorId);
        isolation.within(
                me.organizationId(),
                () -> {
                    require(me, operatorId);
                    keepAnOwner(me, operatorId);
                    memberships.remove(me.organizationId(), operatorId);
                    trail.note(me, "member-removed", "operator " + operatorId);
                });
        refresh.run();
    }

    /** Whether {@code operatorId} is a member of the organization of {@code me}. */
    boolean has(SignedIn me, long operatorId) {
        return isolation.within(
                me.organizationId(),
                () -> memberships.find(me.organizationId(), operatorId).isPresent());
    }

    private Membership require(SignedIn me, long operatorId) {
        return memberships
                .find(me.organizationId(), operatorId)
                .orElseThrow(() -> ProblemException.notFound("member"));
    }

    private void keepAnOwner(SignedIn me, long leaving) {
        List<Long> owners = memberships.lockOwners(me.organizationId());
        if (owners.equals(List.of(leaving))) {
            throw new Refusal("", "The organization needs an owner. Make somebody else one first.");
        }
    }
}
