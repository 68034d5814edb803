-- Why: an auditor is let in without an account: by a link, to one site, for a while. Of the link and of
--      the sessions that it opens only hashes are kept; an owner can end them at any moment.
-- Locks: new tables only. Undo: drop table share_session, share_link.
create table share_link
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    site_id         bigint      not null references site,
    -- SHA-256 of the token in the link: 256 random bits, so a slow hash would add nothing.
    hash            bytea       not null unique check (octet_length(hash) = 32),
    -- For whom, in the owner's words.
    label           text        not null check (length(label) between 1 and 200),
    -- Records made at or after the first and before the second; absent: not bounded.
    records_from    timestamptz,
    records_to      timestamptz,
    made_by         bigint      not null references operator,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz,
    uses            bigint      not null default 0 check (uses >= 0),
    last_used_at    timestamptz,
    unique (id, organization_id),
    check (records_from < records_to),
    check (expires_at > created_at and expires_at <= created_at + interval '90 days'),
    check ((uses = 0) = (last_used_at is null))
);

create index share_link_organization on share_link (organization_id);
create index share_link_site on share_link (site_id);
create index share_link_made_by on share_link (made_by);

create table share_session
(
    -- SHA-256 of the token in the cookie.
    hash            bytea primary key check (octet_length(hash) = 32),
    link_id         bigint      not null,
    organization_id bigint      not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null check (expires_at > created_at),
    constraint share_session_link foreign key (link_id, organization_id)
        references share_link (id, organization_id)
);

create index share_session_link on share_session (link_id, organization_id);
create index share_session_age on share_session (expires_at);

grant select, insert on share_link, share_session to assent_service;
grant update (revoked_at, uses, last_used_at) on share_link to assent_service;
grant delete on share_session to assent_service;

-- One organization's; or the one link, or session, whose token has been shown.
alter table share_link enable row level security;
create policy share_link_by_itself on share_link for select to assent_service
    using (hash = current_key());
create policy share_link_notes_its_use on share_link for update to assent_service
    using (hash = current_key());
create policy share_link_of_one on share_link to assent_service
    using (organization_id = current_organization())
    with check (organization_id = current_organization()
        and site_id in (select id from site where organization_id = current_organization()));

alter table share_session enable row level security;
create policy share_session_by_itself on share_session for select to assent_service
    using (hash = current_key());
create policy share_session_is_opened_by_its_link on share_session for insert to assent_service
    with check (link_id in (select id from share_link where hash = current_key()));
create policy share_session_of_one on share_session for select to assent_service
    using (organization_id = current_organization());
create policy share_session_ends_within_one on share_session for delete to assent_service
    using (organization_id = current_organization());
