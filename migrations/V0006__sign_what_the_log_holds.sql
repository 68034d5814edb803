-- Why: a stranger must be able to check the log. So its hashes are kept as tiles, its size and root
--      are signed as checkpoints, and what entries of type 3 and 4 stand for can be read.
-- Locks: new tables only. Undo: drop the tables in reverse order, and function refuse_other_hashes.

-- The keys that have signed, each from an entry of type 4 on that names it.
create table log_key
(
    opened_index bigint primary key references log_entry,
    vkey         text        not null unique check (length(vkey) <= 1000),
    opened_at    timestamptz not null
);

-- What entries of type 3 (statements of erasure) and 4 (log events) are the SHA-256 of.
create table log_statement
(
    log_index bigint primary key references log_entry,
    document  bytea not null check (octet_length(document) <= 65536)
);

-- C2SP tlog-tiles: the last tile of each level is stored as far as it goes and grows to the right.
create table log_tile
(
    level  smallint not null check (level between 0 and 7),
    index  bigint   not null check (index >= 0),
    hashes bytea    not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
    primary key (level, index)
);

create table checkpoint
(
    -- One root for one size, for ever.
    size      bigint primary key check (size >= 1),
    root      bytea       not null check (octet_length(root) = 32),
    -- The signed note, as it is served.
    note      text        not null check (length(note) <= 65536),
    signed_at timestamptz not null
);

create table checkpoint_cosignature
(
    size         bigint primary key references checkpoint,
    -- Signature lines of witnesses, each with its line end.
    lines        text    not null check (length(lines) <= 65536),
    -- Whether these are as many as the operator's witness file asks for.
    meets_quorum boolean not null
);

create index checkpoint_witnessed on checkpoint_cosignature (size) where meets_quorum;

create function refuse_other_hashes() returns trigger
    language plpgsql as
$$
begin
    if (new.level, new.index) is distinct from (old.level, old.index)
        or octet_length(new.hashes) <= octet_length(old.hashes)
        or substring(new.hashes for octet_length(old.hashes)) <> old.hashes then
        raise exception 'a tile only grows to the right' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger log_tile_only_grows
    before update
    on log_tile
    for each row
execute function refuse_other_hashes();

create trigger log_tile_is_never_removed
    before delete or truncate
    on log_tile
    for each statement
execute function refuse_change();

create trigger log_key_is_append_only
    before update or delete or truncate
    on log_key
    for each statement
execute function refuse_change();

create trigger log_statement_is_append_only
    before update or delete or truncate
    on log_statement
    for each statement
execute function refuse_change();

create trigger checkpoint_is_append_only
    before update or delete or truncate
    on checkpoint
    for each statement
execute function refuse_change();

create trigger checkpoint_cosignature_is_append_only
    before update or delete or truncate
    on checkpoint_cosignature
    for each statement
execute function refuse_change();

grant select, insert on log_key, log_statement, log_tile, checkpoint, checkpoint_cosignature to assent_service;
grant update (hashes) on log_tile to assent_service;
