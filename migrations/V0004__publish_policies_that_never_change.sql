-- Why: what a visitor was asked is a published version. Its canonical document (the artefact) is
--      kept as the very bytes that were hashed; jsonb would reorder them.
-- Locks: new tables only. Undo: drop the tables in reverse order.
create table site
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    site_key        text        not null unique check (site_key ~ '^[A-Za-z0-9]{10}$'),
    name            text        not null check (length(name) between 1 and 200),
    -- Normalised: scheme://host[:port], lower case, no default port; https://*.host for subdomains.
    origins         text[]      not null check (cardinality(origins) between 1 and 100),
    cookie_domain   text check (length(cookie_domain) <= 253),
    -- ISO 8601 period that a record is kept after it has expired.
    retention       text        not null,
    created_at      timestamptz not null,
    -- A removed site asks nobody any more, but its evidence stays until retention ends.
    removed_at      timestamptz
);

create index site_organization on site (organization_id);

create table policy_draft
(
    site_id    bigint primary key references site,
    document   bytea       not null check (octet_length(document) <= 1048576),
    updated_at timestamptz not null
);

create table widget_build
(
    sha256     bytea primary key check (octet_length(sha256) = 32),
    script     bytea       not null,
    first_seen timestamptz not null
);

create table artefact
(
    sha256   bytea primary key check (octet_length(sha256) = 32),
    -- sha256() is PostgreSQL's own: the database itself refuses a document under a wrong name.
    document bytea not null check (sha256(document) = artefact.sha256)
);

create table policy_version
(
    site_id       bigint      not null references site,
    version       integer     not null check (version >= 1),
    sha256        bytea       not null references artefact,
    widget_sha256 bytea       not null references widget_build,
    log_index     bigint      not null unique references log_entry,
    material      boolean     not null,
    reason        text        not null check (length(reason) between 1 and 2000),
    published_at  timestamptz not null,
    effective_at  timestamptz not null,
    primary key (site_id, version)
);

create index policy_version_artefact on policy_version (sha256);
create index policy_version_widget_build on policy_version (widget_sha256);

-- The one response that brings widget, policy and texts, compressed once when published.
create table site_script
(
    site_id  bigint  not null,
    version  integer not null,
    sha256   bytea   not null check (octet_length(sha256) = 32),
    identity bytea   not null,
    gzip     bytea   not null,
    brotli   bytea   not null,
    primary key (site_id, version),
    foreign key (site_id, version) references policy_version,
    unique (site_id, sha256)
);

create trigger widget_build_is_append_only
    before update or delete or truncate
    on widget_build
    for each statement
execute function refuse_change();

create trigger artefact_is_append_only
    before update or delete or truncate
    on artefact
    for each statement
execute function refuse_change();

create trigger policy_version_is_append_only
    before update or delete or truncate
    on policy_version
    for each statement
execute function refuse_change();

create trigger site_script_is_append_only
    before update or delete or truncate
    on site_script
    for each statement
execute function refuse_change();

grant select, insert on site, policy_draft, widget_build, artefact, policy_version, site_script to assent_service;
grant update (name, origins, cookie_domain, retention, removed_at) on site to assent_service;
grant update (document, updated_at) on policy_draft to assent_service;
