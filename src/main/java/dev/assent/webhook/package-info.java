// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Webhooks: an owner's own systems are told of choices, withdrawals, erasures and new policy
 * versions as <a href="https://www.standardwebhooks.com">Standard Webhooks</a>, by ids alone.
 *
 * <p>Nothing is written while a choice is recorded: {@link dev.assent.webhook.Happenings} reads
 * what has happened since a webhook's place, and the {@link dev.assent.webhook.DeliveryJob} sends
 * it. May import {@code account}, {@code site}, {@code receipt} and {@code web}. Begin with {@link
 * dev.assent.webhook.Webhooks}, which operators use, or with {@link
 * dev.assent.webhook.DeliveryRound}, which does the work.
 */
@NullMarked
package dev.assent.webhook;

import org.jspecify.annotations.NullMarked;
