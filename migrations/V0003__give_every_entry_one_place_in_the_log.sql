-- Why: the log is one sequence without gaps. Who appends locks the single row of log_head,
--      so indexes are given in the order of commits and a reader never sees a hole.
-- Locks: new tables only. Undo: drop table log_entry, log_head.
create table log_head
(
    -- One log, one row.
    only_row boolean primary key default true check (only_row),
    -- Number of entries; the next entry's index.
    size     bigint not null check (size >= 0)
);

insert into log_head (size)
values (0);

create table log_entry
(
    index bigint primary key check (index >= 0),
    -- type (1 byte: 1 consent record, 2 artefact, 3 erasure, 4 log event) followed by 32 bytes.
    entry bytea not null check (octet_length(entry) = 33 and get_byte(entry, 0) between 1 and 4)
);

create function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger log_entry_is_append_only
    before update or delete or truncate
    on log_entry
    for each statement
execute function refuse_change();

grant select, insert on log_entry to assent_service;
grant select, update (size) on log_head to assent_service;
