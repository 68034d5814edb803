// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.account.Isolation;
import dev.assent.account.Refusal;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.site.Site;
import dev.assent.web.ProblemException;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What operators do with a site's webhooks. Every change stands in the trail, in the transaction
 * that makes it. The site must be of the operator's organization.
 */
@Singleton
public class Webhooks {
    /** The most that one site may have. */
    public static final int MAX = 10;

    /** How long the secret before still signs after a new one was made. */
    public static final Duration OVERLAP = Duration.ofDays(1);

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final WebhookSecrets secrets;
    private final WebhookAddress address;
    private final Transactions transactions;
    private final Isolation isolation;
    private final Trail trail;
    private final InstantSource clock;

    Webhooks(
            WebhookRepository webhooks,
            DeliveryRepository deliveries,
            WebhookSecrets secrets,
            WebhookAddress address,
            Transactions transactions,
            Isolation isolation,
            Trail trail,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.address = address;
        this.transactions = transactions;
        this.isolation = isolation;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A webhook, and the secret that signs for it, told this once.
     *
     * @param secret {@code whsec_} and base64
     */
    public record Made(long id, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "webhook " + id;
        }
    }

    /** The site's webhooks, oldest first. */
    public List<Webhook> list(SignedIn me, Site site) {
        return isolation.within(me.organizationId(), () -> webhooks.list(site.id()));
    }

    /**
     * One of the site's webhooks.
     *
     * @throws ProblemException 404 if the site has none with this id
     */
    public Webhook require(SignedIn me, Site site, long id) {
        return isolation.within(
                me.organizationId(),
                () ->
                        webhooks.find(site.id(), id)
                                .orElseThrow(() -> ProblemException.notFound("webhook")));
    }

    /** A webhook that may be made: its address is gone to, and there is something to tell. */
    public static final class Wish {
        private final String url;
        private final List<String> types;

        private Wish(String url, List<String> types) {
            this.url = url;
            this.types = types;
        }
    }

    /**
     * Looks at what was typed. It asks for the address's name, so not in a transaction.
     *
     * @param types words of {@link EventType}
     * @throws Refusal if the address is none that is gone to, or no type is chosen
     */
    public Wish check(Site site, String url, List<String> types) {
        if (site.isRemoved()) {
            throw new Refusal("", "The site is removed; there is nothing to be told any more.");
        }
        String checked = address.check(url);
        List<String> known = EventType.all().stream().filter(types::contains).toList();
        if (known.isEmpty()) {
            throw new Refusal("types", "Choose at least one.");
        }
        return new Wish(checked, known);
    }

    /**
     * Makes a webhook that is told of what happens from now on.
     *
     * @throws Refusal if the site has {@value #MAX} already
     */
    public Made make(SignedIn me, Site site, Wish wish) {
        byte[] secret = secrets.make();
        return isolation.within(
                me.organizationId(),
                () -> {
                    requireRoom(site);
                    long id =
                            webhooks.insert(
                                    me.organizationId(),
                                    site.id(),
                                    wish.url,
                                    wish.types.toArray(String[]::new),
                                    secrets.seal(secret, site.id()),
                                    clock.instant());
                    trail.note(
                            me,
                            "webhook-made",
                            subject(site, id) + " at " + URI.create(wish.url).getHost());
                    return new Made(id, WebhookSignature.text(secret));
                });
    }

    /** Makes a new secret; the one before signs too for {@link #OVERLAP}. */
    public Made rotate(SignedIn me, Site site, long id) {
        byte[] secret = secrets.make();
        byte[] sealed = secrets.seal(secret, site.id());
        Instant until = clock.instant().plus(OVERLAP);
        change(
                me,
                site,
                id,
                "webhook-secret-renewed",
                () -> webhooks.rotate(site.id(), id, sealed, until));
        return new Made(id, WebhookSignature.text(secret));
    }

    /** Sends nothing until it is resumed. */
    public void pause(SignedIn me, Site site, long id) {
        change(
                me,
                site,
                id,
                "webhook-paused",
                () -> webhooks.pause(site.id(), id, clock.instant()));
    }

    /**
     * Sends again.
     *
     * @param skipping whether what has happened meanwhile is left out
     */
    public void resume(SignedIn me, Site site, long id, boolean skipping) {
        change(
                me,
                site,
                id,
                "webhook-resumed",
                () -> {
                    if (skipping) {
                        webhooks.skip(site.id(), id);
                    }
                    letGo(id, skipping);
                    return webhooks.resume(site.id(), id);
                });
    }

    /** Removes it with all its deliveries. */
    public void remove(SignedIn me, Site site, long id) {
        change(me, site, id, "webhook-removed", () -> webhooks.remove(site.id(), id));
    }

    /** Sends a message that says nothing, to try it out. */
    public void test(SignedIn me, Site site, long id) {
        Instant now = clock.instant();
        byte[] body =
                new Happening(EventType.TEST, now, Happenings.about(site.siteKey()).build(), null)
                        .body();
        change(
                me,
                site,
                id,
                "webhook-tested",
                () -> {
                    deliveries.insert(
                            me.organizationId(), id, UUID.randomUUID(), EventType.TEST, body, now);
                    return 1;
                });
    }

    /**
     * Sends a message again, under the same id.
     *
     * @throws ProblemException 404 if there is no such delivery, or none any more
     */
    public void repeat(SignedIn me, Site site, long id, long delivery) {
        change(
                me,
                site,
                id,
                "webhook-repeated",
                () -> {
                    if (deliveries.repeat(id, delivery, clock.instant()) == 0) {
                        throw ProblemException.notFound("delivery");
                    }
                    return 1;
                });
    }

    /**
     * What was sent and is to be, newest first.
     *
     * @param before the id of the last of the page before; {@link Long#MAX_VALUE} for the first
     * @param state {@code waiting}, {@code delivered}, {@code failed}, or empty for all
     */
    public List<Delivery> deliveries(
            SignedIn me, Webhook webhook, long before, String state, int limit) {
        return isolation.within(
                me.organizationId(), () -> deliveries.list(webhook.id(), before, state, limit));
    }

    /** How many messages wait, counted no further than {@code limit}. */
    public int waiting(SignedIn me, Webhook webhook, int limit) {
        return isolation.within(
                me.organizationId(), () -> deliveries.countWaiting(webhook.id(), limit));
    }

    private void letGo(long id, boolean skipping) {
        Instant now = clock.instant();
        transactions.write(
                "resume a webhook",
                connection -> {
                    if (skipping) {
                        WaitingRows.drop(connection, id, now);
                    } else {
                        WaitingRows.hurry(connection, id, now);
                    }
                    return true;
                });
    }

    private void requireRoom(Site site) {
        if (webhooks.count(site.id()) >= MAX) {
            throw new Refusal("", "A site has at most " + MAX + " webhooks.");
        }
    }

    private void change(SignedIn me, Site site, long id, String action, Supplier<Integer> change) {
        isolation.within(
                me.organizationId(),
                () -> {
                    require(me, site, id);
                    // Whoever comes second to pause or resume finds it done.
                    if (change.get() > 0) {
                        trail.note(me, action, subject(site, id));
                    }
                });
    }

    private static String subject(Site site, long id) {
        return "webhook " + id + " of site " + site.siteKey();
    }
}
