// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Trail;
import jakarta.inject.Singleton;

/** Notes what an auditor took, be it an operator or the holder of a link. */
@Singleton
final class AuditTrail {
    private final Trail trail;

    AuditTrail(Trail trail) {
        this.trail = trail;
    }

    /** As {@link Trail#note}. */
    void note(Audit audit, String action, String subject) {
        String words = "site " + audit.site().siteKey() + ", " + subject;
        if (audit.me() != null) {
            trail.note(audit.me(), action, words);
        } else if (audit.guest() != null) {
            trail.noteStranger(
                    audit.site().organizationId(),
                    action,
                    words + ", by the link “" + audit.guest().label() + "”");
        }
    }
}
