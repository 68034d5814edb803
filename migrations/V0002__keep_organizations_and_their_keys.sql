-- Why: an organization owns sites; its programs come in by api keys, of which only a hash is kept.
-- Locks: new tables only. Undo: drop table api_key, organization.
create table organization
(
    id         bigint generated always as identity primary key,
    name       text        not null check (length(name) between 1 and 200),
    created_at timestamptz not null
);

create table api_key
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    name            text        not null check (length(name) between 1 and 200),
    -- SHA-256 of the key: the keys are 256 random bits, so a slow hash would add nothing.
    hash            bytea       not null unique check (octet_length(hash) = 32),
    scopes          text[]      not null check (cardinality(scopes) > 0
        and scopes <@ array ['sites', 'policies', 'records', 'export', 'organization']),
    -- Set by ASSENT_ADMIN_KEY: replaced whenever the service starts.
    from_environment boolean    not null default false,
    created_at      timestamptz not null,
    revoked_at      timestamptz
);

create index api_key_organization on api_key (organization_id);

grant select, insert on organization to assent_service;
grant select, insert on api_key to assent_service;
grant update (revoked_at) on api_key to assent_service;
