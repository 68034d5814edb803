// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.PolicyVersion;
import dev.assent.site.Purpose;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds a choice against the policy version that it names. */
final class ChoiceRules {
    private final Choice choice;
    private final PolicyVersion policy;
    private final List<Fault> faults = new ArrayList<>();

    private ChoiceRules(Choice choice, PolicyVersion policy) {
        this.choice = choice;
        this.policy = policy;
    }

    /**
     * Every purpose of the policy is answered and no other, required ones with true; the words
     * shown were the policy's; what was done agrees with what was chosen.
     *
     * @throws ProblemException 422 with every fault
     */
    static void check(Choice choice, Optional<PolicyVersion> policy) {
        if (policy.isEmpty()) {
            throw ProblemException.unacceptable(
                    "choice",
                    List.of(new Fault("/policy/version", "the site never published this version")));
        }
        new ChoiceRules(choice, policy.get()).check();
    }

    private void check() {
        if (!policy.sha256().hex().equals(choice.policySha256())) {
            fault("/policy/sha256", "another hash than that of version " + policy.version());
        }
        if (!policy.languages().contains(choice.language())) {
            fault("/language", "the policy offers " + String.join(", ", policy.languages()));
        }
        if ((choice.action() == Action.GPC) != choice.source().equals("gpc")) {
            fault("/source", "the action gpc comes from the source gpc, and nothing else does");
        }
        policy.purposes().forEach(this::check);
        var known = policy.purposes().stream().map(Purpose::id).collect(Collectors.toSet());
        choice.choices().keySet().stream()
                .filter(purpose -> !known.contains(purpose))
                .forEach(purpose -> fault("/choices/" + purpose, "the policy has no such purpose"));
        if (!faults.isEmpty()) {
            throw ProblemException.unacceptable("choice", faults);
        }
    }

    private void check(Purpose purpose) {
        String pointer = "/choices/" + purpose.id();
        Boolean granted = choice.choices().get(purpose.id());
        if (granted == null) {
            fault(pointer, "every purpose of the policy is answered, with true or false");
        } else if (purpose.required()) {
            if (!granted) {
                fault(pointer, "a required purpose is always true");
            }
        } else {
            checkAgainstAction(pointer, granted);
        }
    }

    private void checkAgainstAction(String pointer, boolean granted) {
        switch (choice.action()) {
            case ACCEPT_ALL -> {
                if (!granted) {
                    fault(pointer, "accept_all grants every purpose");
                }
            }
            case REJECT_ALL, WITHDRAW -> {
                if (granted) {
                    fault(
                            pointer,
                            choice.action().word() + " grants no purpose that is not required");
                }
            }
            case GPC -> {
                // With a previous choice, what that granted may stay; alone, a signal grants
                // nothing.
                if (granted && choice.previous() == null) {
                    fault(pointer, "gpc only ever switches off");
                }
            }
            case SAVE -> {}
        }
    }

    private void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }
}
