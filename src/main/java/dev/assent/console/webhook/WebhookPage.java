// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.webhook;

import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Handed;
import dev.assent.site.Site;
import dev.assent.webhook.Delivery;
import dev.assent.webhook.Webhook;
import java.util.List;

/**
 * One webhook and what it was told.
 *
 * @param made a secret just made
 * @param waiting how many messages wait, in words
 * @param state of the deliveries that are shown; empty for all
 * @param older the address of the next page; empty on the last
 */
public record WebhookPage(
        Site site,
        Webhook webhook,
        Handed made,
        String waiting,
        List<Delivery> deliveries,
        String state,
        String older,
        Flash flash) {

    public boolean mayChange(SignedIn me) {
        return me.may(Role.EDITOR);
    }

    public String at() {
        return "/console/sites/" + site.siteKey() + "/webhooks/" + webhook.id();
    }
}
