// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.PublicUrl;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Links that work once and not for long. The token stands behind the {@code #}, so browsers send it
 * to nobody with the address: it is in no access log, no {@code Referer} and no link preview; the
 * page hands it over in a form.
 */
@Singleton
class OneTimeLinks {
    static final Refusal WORTHLESS =
            new Refusal(
                    "token",
                    "This link has been used, has expired or is not complete. Ask for a new one.");

    private final OneTimeLinkRepository links;
    private final PublicUrl publicUrl;
    private final InstantSource clock;

    OneTimeLinks(OneTimeLinkRepository links, PublicUrl publicUrl, InstantSource clock) {
        this.links = links;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** What a link is for, how long it works, and on which page. */
    enum Purpose {
        SET_UP("set-up", "/setup", Duration.ofHours(24)),
        RESET("reset", "/reset", Duration.ofHours(1)),
        INVITATION("invitation", "/invitation", Duration.ofDays(7));

        private final String word;
        private final String page;
        private final Duration lifetime;

        Purpose(String word, String page, Duration lifetime) {
            this.word = word;
            this.page = page;
            this.lifetime = lifetime;
        }

        Duration lifetime() {
            return lifetime;
        }
    }

    String makeSetUp() {
        return make(Purpose.SET_UP, null, null, null);
    }

    /** Those from before are worth nothing from now on. */
    @Transactional
    String makeReset(long operatorId) {
        links.removeResets(operatorId);
        return make(Purpose.RESET, operatorId, null, null);
    }

    String makeInvitation(long organizationId, long invitationId) {
        return make(Purpose.INVITATION, null, organizationId, invitationId);
    }

    /**
     * What {@code token} is for.
     *
     * @throws Refusal if it is worth nothing
     */
    OneTimeLink find(Token token, Purpose purpose) {
        return look(token, purpose).orElseThrow(() -> WORTHLESS);
    }

    /**
     * Uses {@code token} up, in the caller's transaction: what is rolled back has not been used.
     *
     * @throws Refusal if it is worth nothing
     */
    @Transactional
    OneTimeLink use(Token token, Purpose purpose) {
        OneTimeLink link = find(token, purpose);
        if (links.use(link.hash(), purpose.word, clock.instant()) == 0) {
            throw WORTHLESS;
        }
        return link;
    }

    private Optional<OneTimeLink> look(Token token, Purpose purpose) {
        return links.find(token.hash().bytes(), purpose.word, clock.instant());
    }

    private String make(
            Purpose purpose,
            @Nullable Long operatorId,
            @Nullable Long organizationId,
            @Nullable Long invitationId) {
        Instant now = clock.instant();
        Token token = Token.random();
        links.removeExpired(now);
        links.insert(
                token.hash().bytes(),
                purpose.word,
                operatorId,
                organizationId,
                invitationId,
                now,
                now.plus(purpose.lifetime));
        return publicUrl.of(purpose.page + "#" + token.text());
    }
}
