// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.consent.TestChoice;
import dev.assent.merkle.Hash;
import java.net.URI;
import java.sql.SQLException;

/**
 * Two organizations that have one of everything, but for what the second has no page for; a third
 * has nothing.
 *
 * @param ours the id of the first
 * @param strangers of the second
 * @param empty of the third
 * @param site of the first
 * @param record the id of a consent record on that site
 */
record TwoOrganizations(long ours, long strangers, long empty, TestSite site, String record) {
    /** Opens everything of the second organization. */
    static final String STRANGERS_KEY = "the-key-of-the-strangers-0123456789-0123";

    private static final String STRANGERS =
            """
            with stranger as (
                insert into organization (name, created_at) values ('Strangers', now())
                returning id),
            key as (
                insert into api_key (organization_id, name, hash, scopes, created_at)
                select id, 'key', decode('HASH', 'hex'),
                    '{sites,policies,records,export,organization}', now()
                from stranger),
            person as (
                insert into operator (email, name, password_hash, created_at)
                values ('sam@example.com', 'Sam', '$argon2id$', now())
                returning id),
            member as (
                insert into membership (organization_id, operator_id, role, created_at)
                select g.id, p.id, 'owner', now()
                from person p, (select id from stranger union all
                    select min(id) from organization) g),
            asked as (
                insert into invitation (
                    organization_id, email, role, invited_by, created_at, expires_at)
                select g.id, 'x@example.com', 'editor', p.id, now(), now()
                from person p, (select id from stranger union all
                    select min(id) from organization) g)
            select id from stranger
            """;

    /**
     * Of the site that is named by its key; and an event of its organization, logged and waiting.
     */
    private static final String WATCHED =
            """
            with hook as (
                insert into webhook (organization_id, site_id, url, types, secret, created_at,
                    seen_seq, seen_index, paused_at, paused_why)
                select organization_id, id, 'https://x.example/', '{consent.recorded}',
                    decode(repeat('00', 60), 'hex'), now(), 0, 0, now(), 'operator'
                from site where site_key = 'SITE'
                returning id, organization_id),
            sent as (
                insert into webhook_delivery (organization_id, webhook_id, message_id, type, body,
                    state, attempts, next_at, created_at, answer)
                select organization_id, id, gen_random_uuid(), 'webhook.test', '', 'failed', 0,
                    now(), now(), ''
                from hook),
            logged as (
                insert into operator_event_entry (event_id, organization_id, salt, document,
                    log_index)
                select min(id), organization_id, sha256('x'), '{}', 0
                from operator_event
                where organization_id = (select organization_id from hook)
                group by organization_id)
            select id from hook
            """;

    private static final String COUNTED =
            """
            with shown as (
                insert into shown_count
                select id, current_date, 1, 'en', 'mobile', 1 from site where site_key = 'KEY')
            insert into undeclared_tracker
            select id, 'cookie', 'x', current_date, current_date, 1 from site where site_key = 'KEY'
            returning 1
            """;

    /** A link into the first site of each organization, and a session that it has opened. */
    private static final String LINKS =
            """
            with link as (
                insert into share_link (
                    organization_id, site_id, hash, label, made_by, created_at, expires_at)
                select distinct on (s.organization_id) s.organization_id, s.id,
                    sha256(s.site_key::bytea), 'x', m.operator_id, now(), now() + interval '1 day'
                from site s join membership m on m.organization_id = s.organization_id
                returning id, organization_id, hash)
            insert into share_session (hash, link_id, organization_id, created_at, expires_at)
            select sha256(hash), id, organization_id, now(), now() + interval '1 hour' from link
            returning 1
            """;

    /** Somebody signed in to each organization, and what they have just made. */
    private static final String HANDED =
            """
            with signed_in as (
                insert into operator_session (hash, operator_id, organization_id, role,
                    awaits_code, browser, created_at, seen_at)
                select sha256(organization_id::text::bytea), operator_id, organization_id, role,
                    false, 'x', now(), now()
                from membership
                returning id, organization_id, hash)
            insert into handover (organization_id, session_id, form, what, place, made_at)
            select organization_id, id, hash, 'KEY', '/console/keys', now() from signed_in
            returning 1
            """;

    /** Fills the database of a service that has just been started, with our admin key. */
    static TwoOrganizations fill(URI service, TestDatabase database) throws SQLException {
        long ours = database.number("select min(id) from organization");
        String hash = Hash.of(STRANGERS_KEY.getBytes(UTF_8)).hex();
        long strangers = database.number(STRANGERS.replace("HASH", hash));
        long empty =
                database.number(
                        "insert into organization (name, created_at) values ('Empty', now())"
                                + " returning id");
        TestSite site = TestSite.publish(service);
        String record = choose(site);
        work(TestApi.of(service), site);
        database.execute(COUNTED.replace("KEY", site.siteKey()));
        assertThat(database.number(WATCHED.replace("SITE", site.siteKey()))).isPositive();
        assertThat(database.number(LINKS)).isOne();
        assertThat(database.number(HANDED)).isOne();
        return new TwoOrganizations(ours, strangers, empty, site, record);
    }

    /** Sends a choice to the first organization's site. */
    String choose() {
        return choose(site);
    }

    /** What operators of both do. */
    private static void work(TestApi api, TestSite site) {
        String admin = "/v1/admin/sites/" + site.siteKey();
        String erased = choose(site);
        assertThat(api.get(admin + "/statistics").status()).isEqualTo(200);
        assertThat(api.send("DELETE", admin + "/consents/" + erased, null).status()).isEqualTo(204);
        String key = "{\"name\":\"a\",\"scopes\":[\"sites\"]}";
        assertThat(api.post("/v1/admin/keys", key).status()).isEqualTo(201);
        String theirs = "{\"name\":\"S\",\"origins\":[\"https://s.example\"]}";
        assertThat(api.withKey(STRANGERS_KEY).post("/v1/admin/sites", theirs).status())
                .isEqualTo(201);
    }

    private static String choose(TestSite site) {
        String id = TestChoice.id().toString();
        assertThat(site.send(TestChoice.json(site, id)).statusCode()).isEqualTo(201);
        return id;
    }
}
