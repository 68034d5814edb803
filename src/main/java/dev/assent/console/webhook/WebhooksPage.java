// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.webhook;

import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.site.Site;
import dev.assent.webhook.EventType;
import dev.assent.webhook.Webhook;
import java.util.List;

/**
 * A site's webhooks.
 *
 * @param url of one to be made, as it was typed
 * @param types of it, as they were chosen
 */
public record WebhooksPage(
        Site site,
        List<Webhook> webhooks,
        String url,
        List<String> types,
        FormFault fault,
        Flash flash) {

    public boolean mayChange(SignedIn me) {
        return me.may(Role.EDITOR) && !site.isRemoved();
    }

    /** Whole for those who may change it: the path of such an address is often a secret. */
    public static String address(SignedIn me, Webhook webhook) {
        return me.may(Role.EDITOR) ? webhook.url() : webhook.host();
    }

    public EventType[] allTypes() {
        return EventType.values();
    }
}
