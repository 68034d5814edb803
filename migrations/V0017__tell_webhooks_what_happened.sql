-- Why: an owner's own systems want to hear that somebody consented or withdrew, without asking all
--      the time. What is to be told is read from the records, policies and tombstones themselves,
--      from a place kept for each webhook, so that recording pays nothing for it; only so many
--      deliveries are written down ahead of their sending.
-- Locks: new tables; consent_record, for the moment of referring to it; erasure_tombstone against
--        writing while the index is built.
-- Undo: drop the two functions, the index erasure_tombstone_of_site, and the tables in reverse order.
create table webhook
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    site_id         bigint      not null references site,
    url             text        not null check (length(url) between 1 and 2000),
    types           text[]      not null check (cardinality(types) > 0
        and types <@ array ['consent.recorded', 'consent.withdrawn', 'consent.erased', 'policy.published']),
    -- AES-256-GCM: 12 bytes nonce, the secret that signs, 16 bytes tag.
    secret          bytea       not null check (octet_length(secret) between 52 and 128),
    -- The one before, which signs too until then.
    old_secret      bytea check (octet_length(old_secret) between 52 and 128),
    old_until       timestamptz,
    created_at      timestamptz not null,
    -- Of the site's records all up to here have been seen to, and of the log's entries all below here.
    seen_seq        bigint      not null check (seen_seq >= 0),
    seen_index      bigint      not null check (seen_index >= 0),
    -- Since when nothing has arrived; absent while things do.
    failing_since   timestamptz,
    paused_at       timestamptz,
    paused_why      text check (paused_why in ('gone', 'failing', 'operator')),
    check ((paused_at is null) = (paused_why is null)),
    check ((old_secret is null) = (old_until is null))
);

create index webhook_organization on webhook (organization_id);
create index webhook_site on webhook (site_id);

create table webhook_delivery
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    webhook_id      bigint      not null references webhook on delete cascade,
    -- The same however often it is sent.
    message_id      uuid        not null unique,
    type            text        not null check (length(type) <= 60),
    -- Ids and numbers; nothing of a record.
    body            bytea       not null check (octet_length(body) <= 2000),
    -- The record that it is about: when that is erased this goes with it, for it names its id.
    site_id         bigint,
    seq             bigint,
    state           text        not null check (state in ('waiting', 'delivered', 'failed')),
    attempts        integer     not null check (attempts >= 0),
    next_at         timestamptz not null,
    -- While it is being sent; if nobody has said by then how it went, it is sent again.
    leased_until    timestamptz,
    created_at      timestamptz not null,
    sent_at         timestamptz,
    status          integer check (status between 100 and 999),
    millis          integer check (millis >= 0),
    -- What was answered, or why nothing was.
    answer          text        not null check (length(answer) <= 300),
    constraint webhook_delivery_record foreign key (site_id, seq)
        references consent_record (site_id, seq) on delete cascade
);

create index webhook_delivery_organization on webhook_delivery (organization_id);
create index webhook_delivery_webhook on webhook_delivery (webhook_id, id);
create index webhook_delivery_waiting on webhook_delivery (webhook_id, next_at) where state = 'waiting';
create index webhook_delivery_record on webhook_delivery (site_id, seq);
create index webhook_delivery_age on webhook_delivery (created_at);

grant select, insert, delete on webhook to assent_service;
grant update (secret, old_secret, old_until, seen_seq, seen_index, failing_since, paused_at, paused_why)
    on webhook to assent_service;
grant select, insert, delete on webhook_delivery to assent_service;
grant update (state, attempts, next_at, leased_until, sent_at, status, millis, answer)
    on webhook_delivery to assent_service;

alter table webhook enable row level security;
create policy webhook_of_one on webhook to assent_service
    using (organization_id = current_organization());

alter table webhook_delivery enable row level security;
create policy webhook_delivery_of_one on webhook_delivery to assent_service
    using (organization_id = current_organization());

-- What was erased of a site, in the order in which it was stated.
create index erasure_tombstone_of_site on erasure_tombstone (site_id, statement_index);

-- Which webhooks have something to do, of all organizations: their ids and whose they are, no more.
create function webhooks_at_work(at timestamptz)
    returns table (id bigint, organization_id bigint)
    language sql stable
    security definer
as
$$
select w.id, w.organization_id
from webhook w
where w.paused_at is null
  and (w.types && array ['consent.recorded', 'consent.withdrawn']
           and exists (select from site_sequence s where s.site_id = w.site_id and s.last_seq > w.seen_seq)
    or 'consent.erased' = any (w.types)
           and exists (select from erasure_tombstone t
                       where t.site_id = w.site_id and t.statement_index >= w.seen_index)
    or 'policy.published' = any (w.types)
           and exists (select from policy_version p
                       where p.site_id = w.site_id and p.log_index >= w.seen_index)
    or exists (select from webhook_delivery d
               where d.webhook_id = w.id and d.state = 'waiting' and d.next_at <= at
                 and (d.leased_until is null or d.leased_until <= at)))
order by w.id
$$;

-- Deliveries are kept to be looked at for a while, not as evidence.
create function forget_webhook_deliveries(before timestamptz) returns bigint
    language plpgsql
    security definer
as
$$
declare
    forgotten bigint;
begin
    -- Without waiting for anybody's lock, so that no two can wait for each other.
    delete
    from webhook_delivery
    where id in (select id
                 from webhook_delivery
                 where created_at < before
                 limit 10000
                 for update skip locked);
    get diagnostics forgotten = row_count;
    return forgotten;
end
$$;

do
$$
begin
    execute format('alter function webhooks_at_work set search_path = %I, pg_temp', current_schema());
    execute format('alter function forget_webhook_deliveries set search_path = %I, pg_temp', current_schema());
end
$$;

revoke all on function webhooks_at_work, forget_webhook_deliveries from public;
grant execute on function webhooks_at_work, forget_webhook_deliveries to assent_service;
