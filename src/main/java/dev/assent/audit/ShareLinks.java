// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.account.Isolation;
import dev.assent.account.Refusal;
import dev.assent.account.SignedIn;
import dev.assent.account.Token;
import dev.assent.account.Trail;
import dev.assent.merkle.Hash;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.PublicUrl;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets auditors in without an account. A link's token is exchanged for a session of some hours,
 * which ends with the link; both are kept as hashes.
 */
@Singleton
public class ShareLinks {
    /** How long a link works where nobody says. */
    public static final int DEFAULT_DAYS = 7;

    /** The longest that a link may work. */
    public static final int MAX_DAYS = 90;

    /** Said of a link that cannot be ended any more. */
    public static final String ENDED = "This site has no such link, or it has ended already.";

    private static final Duration SESSION = Duration.ofHours(8);
    private static final int MAX_LABEL = 200;

    private final ShareLinkRows rows;
    private final Isolation isolation;
    private final Sites sites;
    private final Trail trail;
    private final PublicUrl publicUrl;
    private final InstantSource clock;

    ShareLinks(
            ShareLinkRows rows,
            Isolation isolation,
            Sites sites,
            Trail trail,
            PublicUrl publicUrl,
            InstantSource clock) {
        this.rows = rows;
        this.isolation = isolation;
        this.sites = sites;
        this.trail = trail;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** A session that a link has opened: what the cookie carries, and for how long. */
    public record Opened(Token session, Duration lifetime) {}

    /** The site's links, newest first, at most 200. */
    public List<ShareLink> list(Site site) {
        return isolation.within(site.organizationId(), () -> rows.list(site.id()));
    }

    /**
     * Makes a link.
     *
     * @param label for whom
     * @param days 1 to {@link #MAX_DAYS}
     * @return the address; it is kept nowhere
     * @throws Refusal if the label is no name, or the days are none; nothing is made then
     */
    public String make(SignedIn me, AuditScope scope, String label, int days) {
        String name = label(label);
        if (days < 1 || days > MAX_DAYS) {
            throw new Refusal("days", "Give a number of days from 1 to " + MAX_DAYS + ".");
        }
        if (scope.from() != null && scope.to() != null && !scope.from().isBefore(scope.to())) {
            throw new Refusal("to", "No record can lie in a span that ends before it begins.");
        }
        Token token = Token.random();
        Instant now = clock.instant();
        var link =
                new ShareLink(
                        0,
                        scope.site().siteKey(),
                        name,
                        scope.from(),
                        scope.to(),
                        me.name(),
                        now,
                        now.plus(Duration.ofDays(days)),
                        null,
                        0,
                        null);
        note(
                me,
                () -> {
                    rows.clean(now);
                    rows.insert(token.hash(), scope, link, me.operatorId());
                    return name;
                },
                "share-link-made",
                scope.site());
        return publicUrl.of("/audit/" + token.text());
    }

    /**
     * Ends a link, and with it every session that it opened.
     *
     * @throws Refusal if the site has no such link that still opens anything
     */
    public void revoke(SignedIn me, Site site, long id) {
        note(
                me,
                () ->
                        rows.revoke(site.id(), id, clock.instant())
                                .orElseThrow(() -> new Refusal("", ENDED)),
                "share-link-revoked",
                site);
    }

    /** Exchanges a link's token for a session; empty if it opens nothing. */
    public Optional<Opened> open(Token token) {
        Instant now = clock.instant();
        return isolation.ofKey(
                token.hash(), () -> rows.use(token.hash(), now).map(link -> open(link, now)));
    }

    private Opened open(ShareLinkRows.Used link, Instant now) {
        Token session = Token.random();
        Duration left = Duration.between(now, link.expiresAt());
        Duration lifetime = left.compareTo(SESSION) < 0 ? left : SESSION;
        rows.open(session.hash(), link, now, now.plus(lifetime));
        trail.noteStranger(
                link.organizationId(), "share-link-used", "by the link “" + link.label() + "”");
        return new Opened(session, lifetime);
    }

    /** Who has this session; empty if it is none, has ended, or its link has. */
    public Optional<Guest> find(Token session) {
        Instant now = clock.instant();
        Hash hash = session.hash();
        return isolation
                .ofKey(hash, () -> rows.session(hash, now))
                .flatMap(found ->
                        isolation.within(
                                found.organizationId(), () -> rows.find(found.linkId(), now)))
                .flatMap(this::guest);
    }

    private Optional<Guest> guest(ShareLink link) {
        return sites.find(link.siteKey())
                .join()
                .map(site ->
                        new Guest(
                                link.id(),
                                link.label(),
                                new AuditScope(site, link.from(), link.to()),
                                link.expiresAt()));
    }

    /** Does {@code work}, which gives a label, and notes it, both or neither. */
    private void note(SignedIn me, Supplier<String> work, String action, Site site) {
        isolation.within(
                me.organizationId(),
                () -> trail.note(me, action, "“" + work.get() + "”, site " + site.siteKey()));
    }

    private static String label(String typed) {
        String label = typed.strip();
        boolean control = label.chars().anyMatch(Character::isISOControl);
        if (label.isEmpty() || control || label.codePointCount(0, label.length()) > MAX_LABEL) {
            throw new Refusal("label", "Say for whom, in at most 200 characters on one line.");
        }
        return label;
    }
}
