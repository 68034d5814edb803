-- Why: a new key, link or set of backup codes is shown once. Whoever loads the page anew, goes back
--      or clicks twice must not make a second one, and must not be shown the first again; so each form
--      that makes a secret is remembered for as long as its session, and what it made is kept, sealed,
--      and shown once within ten minutes; it goes with the session, or with the organization's next one
--      after that.
-- Locks: a new table only. Undo: drop table handover.
create table handover
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    session_id      bigint      not null references operator_session on delete cascade,
    -- SHA-256 of what the form sent, a random number of its own in it: the same form, the same thing.
    form            bytea       not null check (octet_length(form) = 32),
    -- What was made, such as invitation.
    what            text        not null check (length(what) between 1 and 40),
    -- The path of the page that shows it.
    place           text        not null check (length(place) between 1 and 200),
    made_at         timestamptz not null,
    -- Absent until it has been shown.
    shown_at        timestamptz,
    -- AES-256-GCM: 12 bytes nonce, the secret, 16 bytes tag. Absent once nobody is to read it any more.
    sealed          bytea check (octet_length(sealed) between 29 and 4096),
    unique (session_id, form)
);

create index handover_organization on handover (organization_id);
create index handover_sealed on handover (made_at) where sealed is not null;

grant select, insert on handover to assent_service;
grant update (shown_at, sealed) on handover to assent_service;

alter table handover enable row level security;
create policy handover_of_one on handover to assent_service
    using (organization_id = current_organization());
