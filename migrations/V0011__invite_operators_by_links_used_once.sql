-- Why: the first owner, a forgotten password and a colleague's invitation each come in by a link
--      that works once and not for long.
-- Locks: new tables only. Undo: drop table one_time_link, invitation.
create table invitation
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    email           text        not null check (length(email) <= 254),
    role            text        not null check (role in ('owner', 'editor', 'auditor')),
    invited_by      bigint      not null references operator,
    created_at      timestamptz not null,
    expires_at      timestamptz not null
);

create index invitation_organization on invitation (organization_id);
create index invitation_invited_by on invitation (invited_by);

create table one_time_link
(
    -- SHA-256 of the token in the link, 256 random bits.
    hash            bytea primary key check (octet_length(hash) = 32),
    purpose         text        not null check (purpose in ('set-up', 'reset', 'invitation')),
    -- Whose password a link of purpose reset is for.
    operator_id     bigint references operator,
    -- Where a link of purpose invitation leads.
    organization_id bigint references organization,
    invitation_id   bigint references invitation on delete cascade,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    check ((purpose = 'reset') = (operator_id is not null)),
    check ((purpose = 'invitation') = (organization_id is not null and invitation_id is not null))
);

create index one_time_link_operator on one_time_link (operator_id);
create index one_time_link_organization on one_time_link (organization_id);
create index one_time_link_invitation on one_time_link (invitation_id);
create index one_time_link_age on one_time_link (expires_at);

-- What has been used, withdrawn or has expired is deleted; the trail says what became of it.
grant select, insert, delete on invitation, one_time_link to assent_service;

alter table invitation enable row level security;
create policy invitation_of_one on invitation to assent_service
    using (organization_id = current_organization());
