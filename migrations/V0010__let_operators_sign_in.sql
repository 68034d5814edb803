-- Why: people sign in to the console: a password, perhaps a second factor, a session. What opens
--      something is kept as a hash or sealed with a key that is not in the database.
-- Locks: organization, for the moment of a grant. Undo: drop the tables in reverse order, and the
--        two functions; revoke update (name) on organization from assent_service.

-- Whose rows the transaction may see: set by set_config(…, true), gone with the transaction.
create function current_organization() returns bigint
    language sql stable as
$$
select nullif(current_setting('assent.organization', true), '')::bigint
$$;

create function current_operator() returns bigint
    language sql stable as
$$
select nullif(current_setting('assent.operator', true), '')::bigint
$$;

create table operator
(
    id            bigint generated always as identity primary key,
    -- ASCII and lower case, so that one person has one account.
    email         text        not null unique check (email ~ '^[a-z0-9.!#$%&''*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{1,189}$'),
    name          text        not null check (length(name) between 1 and 200),
    -- Argon2id in the PHC form: $argon2id$v=19$m=…,t=…,p=…$salt$hash
    password_hash text        not null check (password_hash like '$argon2id$%' and length(password_hash) <= 200),
    created_at    timestamptz not null
);

create table membership
(
    organization_id bigint      not null references organization,
    operator_id     bigint      not null references operator,
    role            text        not null check (role in ('owner', 'editor', 'auditor')),
    created_at      timestamptz not null,
    primary key (organization_id, operator_id),
    -- What a session's role refers to.
    unique (organization_id, operator_id, role)
);

create index membership_operator on membership (operator_id);

create table operator_session
(
    id              bigint generated always as identity primary key,
    -- SHA-256 of the token in the cookie: 256 random bits, so a slow hash would add nothing.
    hash            bytea       not null unique check (octet_length(hash) = 32),
    operator_id     bigint      not null,
    organization_id bigint      not null,
    role            text        not null,
    -- The password was right, the second factor is yet to come; opens nothing.
    awaits_code     boolean     not null,
    -- In coarse words, such as Firefox on Linux.
    browser         text        not null check (length(browser) <= 100),
    created_at      timestamptz not null,
    seen_at         timestamptz not null,
    -- Another role is another role at once, and who is no member any more has no session.
    constraint operator_session_membership foreign key (organization_id, operator_id, role)
        references membership (organization_id, operator_id, role) on update cascade on delete cascade
);

create index operator_session_membership on operator_session (organization_id, operator_id, role);
create index operator_session_operator on operator_session (operator_id);
create index operator_session_age on operator_session (created_at);

create table second_factor
(
    operator_id  bigint primary key references operator,
    -- AES-256-GCM: 12 bytes nonce, the TOTP secret (RFC 6238), 16 bytes tag.
    sealed       bytea       not null check (octet_length(sealed) between 44 and 128),
    -- Absent until the first code has been typed; until then it guards nothing.
    confirmed_at timestamptz,
    -- The last time step whose code was taken: none is taken twice.
    last_step    bigint      not null
);

create table backup_code
(
    operator_id bigint not null references second_factor on delete cascade,
    -- SHA-256 of 80 random bits; the row goes when the code is used.
    hash        bytea  not null check (octet_length(hash) = 32),
    primary key (operator_id, hash)
);

-- Failed attempts and until when the next one has to wait. Never for ever.
create table sign_in_delay
(
    -- SHA-256 of what is guarded, so that what strangers typed is not kept.
    subject      bytea primary key check (octet_length(subject) = 32),
    failures     integer     not null check (failures >= 1),
    failed_at    timestamptz not null,
    locked_until timestamptz not null
);

create index sign_in_delay_age on sign_in_delay (failed_at);

grant update (name) on organization to assent_service;
grant select, insert on operator to assent_service;
grant update (name, password_hash) on operator to assent_service;
grant select, insert, delete on membership, operator_session, second_factor, backup_code, sign_in_delay to assent_service;
grant update (role) on membership to assent_service;
grant update (seen_at) on operator_session to assent_service;
grant update (sealed, confirmed_at, last_step) on second_factor to assent_service;
grant update (failures, failed_at, locked_until) on sign_in_delay to assent_service;

-- A forgotten "where" shows the members of one organization, or the organizations of one operator.
alter table membership enable row level security;
create policy membership_of_one on membership to assent_service
    using (organization_id = current_organization() or operator_id = current_operator())
    with check (organization_id = current_organization());
