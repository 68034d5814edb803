-- Why: a consent record is evidence. It is inserted once, beside its entry in the log, and is never
--      changed. The only way out is erasure, which removes row and salt and leaves a tombstone, so
--      that the site's sequence keeps its number and the tree its leaf.
-- Locks: new tables only. Undo: drop the tables in reverse order.
create table site_sequence
(
    site_id  bigint primary key references site,
    -- seq of the site's newest record; 0 before the first.
    last_seq bigint not null check (last_seq >= 0)
);

create table consent_record
(
    id             uuid primary key,
    site_id        bigint      not null,
    seq            bigint      not null check (seq >= 1),
    log_index      bigint      not null,
    policy_version integer     not null,
    action         text        not null check (action in ('accept_all', 'reject_all', 'save', 'withdraw', 'gpc')),
    -- First 16 bytes of a hash of the visitor's secret; the secret itself is never here.
    subject        bytea       not null check (octet_length(subject) = 16),
    recorded_at    timestamptz not null,
    expires_at     timestamptz not null,
    -- 32 random bytes that stand here and nowhere else: without them the log's leaf says nothing.
    salt           bytea       not null check (octet_length(salt) = 32),
    -- The canonical record, byte for byte as it was hashed.
    document       bytea       not null check (octet_length(document) <= 65536),
    constraint consent_record_seq unique (site_id, seq),
    constraint consent_record_log_index unique (log_index),
    constraint consent_record_policy_version foreign key (site_id, policy_version) references policy_version,
    constraint consent_record_entry foreign key (log_index) references log_entry
);

create index consent_record_version on consent_record (site_id, policy_version);
create index consent_record_subject on consent_record (site_id, subject);
create index consent_record_time on consent_record (site_id, recorded_at);

create table erasure_tombstone
(
    site_id         bigint      not null references site,
    seq             bigint      not null check (seq >= 1),
    log_index       bigint      not null unique references log_entry,
    reason          text        not null check (reason in ('retention', 'request', 'site-removed')),
    erased_at       timestamptz not null,
    -- The 0x03 entry that states this erasure.
    statement_index bigint      not null references log_entry,
    primary key (site_id, seq)
);

create index erasure_tombstone_statement on erasure_tombstone (statement_index);

create trigger consent_record_is_never_changed
    before update or truncate
    on consent_record
    for each statement
execute function refuse_change();

create trigger erasure_tombstone_is_append_only
    before update or delete or truncate
    on erasure_tombstone
    for each statement
execute function refuse_change();

grant select, insert on site_sequence, consent_record, erasure_tombstone to assent_service;
grant update (last_seq) on site_sequence to assent_service;
