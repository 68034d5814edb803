-- Why: erasure is the one way out of consent_record, and nobody may take it in silence. So the
--      service gets no right to delete, but a function that does what a statement of erasure in the
--      log says, all of it and nothing else: it removes the rows with their salts and leaves their
--      tombstones. Retention finds what is due by an index of its own.
-- Locks: consent_record against writing while the index is built.
-- Undo: drop function erase_by_statement; drop index consent_record_expiry;
--       grant insert on erasure_tombstone to assent_service.
create index consent_record_expiry on consent_record (site_id, expires_at);

-- Erases the records that the statement at this index of the log names; returns how many they were.
create function erase_by_statement(statement bigint) returns bigint
    language plpgsql
    security definer
as
$$
declare
    written     bytea;
    said        jsonb;
    said_site   bigint;
    first_seq   bigint;
    last_seq    bigint;
    tombstones  bigint;
begin
    -- An index is the log's only if it lies below the head; the entry binds the document.
    select s.document
    into written
    from log_statement s
             join log_entry e on e.index = s.log_index
    where s.log_index = statement
      and s.log_index < (select size from log_head)
      and e.entry = decode('03', 'hex') || sha256(s.document);
    if written is null then
        raise exception 'the log has no statement of erasure at %', statement
            using errcode = 'restrict_violation';
    end if;

    said := convert_from(written, 'UTF8')::jsonb;
    first_seq := (said ->> 'first')::bigint;
    last_seq := (said ->> 'last')::bigint;
    select id into said_site from site where site_key = said ->> 'site';
    -- Written again in canonical form it must be the same bytes: nothing more and nothing less.
    if said_site is null
        or written <> convert_to(format(
                '{"at":"%s","first":%s,"last":%s,"reason":"%s","site":"%s","v":1}',
                said ->> 'at', first_seq, last_seq, said ->> 'reason', said ->> 'site'), 'UTF8') then
        raise exception 'what the log has at % is no statement of erasure', statement
            using errcode = 'restrict_violation';
    end if;

    with erased as (
        delete from consent_record
            where site_id = said_site and seq between first_seq and last_seq
            returning site_id, seq, log_index)
    insert
    into erasure_tombstone (site_id, seq, log_index, reason, erased_at, statement_index)
    select site_id, seq, log_index, said ->> 'reason', (said ->> 'at')::timestamptz, statement
    from erased;
    get diagnostics tombstones = row_count;
    -- Also keeps a statement from being used twice.
    if tombstones = 0 or tombstones <> last_seq - first_seq + 1 then
        raise exception 'the statement at % names records that are not there', statement
            using errcode = 'restrict_violation';
    end if;
    return tombstones;
end
$$;

-- It runs with its owner's rights: the caller must not choose which tables its words mean.
do
$$
begin
    execute format('alter function erase_by_statement set search_path = %I, pg_temp', current_schema());
end
$$;

revoke all on function erase_by_statement from public;
grant execute on function erase_by_statement to assent_service;

-- A tombstone without an erasure would hide that a record was never there.
revoke insert on erasure_tombstone from assent_service;
