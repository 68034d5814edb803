// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.site.Site;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** An operator erases a record, and the organization's trail says who and why: both or neither. */
@Singleton
public class OperatorErasure {
    private final Erasures erasures;
    private final Trail trail;

    OperatorErasure(Erasures erasures, Trail trail) {
        this.erasures = erasures;
        this.trail = trail;
    }

    /**
     * Erases a record of the site for good. The log's statement says {@code request}; the words
     * stay in the trail, which names the record by its number: the id is erased with it.
     *
     * @param reason in the operator's words, 1 to 200 characters
     * @return whether {@code site} still had it
     */
    @Transactional
    public boolean erase(SignedIn by, Site site, ConsentRecord record, String reason) {
        boolean erased = erasures.eraseRecord(site, record.id());
        if (erased) {
            String what = "number " + record.seq() + " of site " + site.siteKey() + ": " + reason;
            trail.note(by, "record-erased", what);
        }
        return erased;
    }
}
