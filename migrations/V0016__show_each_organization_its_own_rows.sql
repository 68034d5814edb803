-- Why: a forgotten "where" must show nothing of another organization. So each transaction says whose
--      rows it reaches, and the database shows it no others: those of one organization; of one api
--      key, before it is known whose it is; or, for what visitors and anybody with a record's id may
--      ask, the few tables and commands below that are marked "publicly". Who says nothing sees
--      nothing. Where such a policy stands beside another it is named to sort last: PostgreSQL asks in
--      reverse order, and so the cheap one decides for the recorder before the sites are looked up.
--      The tables' owner is not bound: migrations, fsck and backups see everything.
-- Locks: each table, for a moment.
-- Undo: drop the policies, disable row level security on their tables, drop the two functions;
--       erase_by_statement as in V0007, the policy on operator_event as in V0012.

-- Set by set_config(…, true), gone with the transaction.
create function reaches_all() returns boolean
    language sql stable parallel safe as
$$
select current_setting('assent.reach', true) = 'public'
$$;

-- The SHA-256 of the api key that has been shown.
create function current_key() returns bytea
    language sql stable parallel safe as
$$
select decode(nullif(current_setting('assent.key', true), ''), 'hex')
$$;

-- Workers know the settings too; else no count over many records could be shared out to them.
alter function current_organization() parallel safe;
alter function current_operator() parallel safe;

alter table api_key enable row level security;
create policy api_key_by_itself on api_key for select to assent_service
    using (hash = current_key());
create policy api_key_notes_its_use on api_key for update to assent_service
    using (hash = current_key());
create policy api_key_of_one on api_key to assent_service
    using (organization_id = current_organization());

alter table site enable row level security;
create policy site_publicly on site for select to assent_service
    using (reaches_all());
create policy site_of_one on site to assent_service
    using (organization_id = current_organization());

alter table policy_draft enable row level security;
create policy policy_draft_of_one on policy_draft to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

alter table policy_version enable row level security;
create policy policy_version_publicly on policy_version for select to assent_service
    using (reaches_all());
create policy policy_version_of_one on policy_version to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

alter table site_script enable row level security;
create policy site_script_publicly on site_script for select to assent_service
    using (reaches_all());
create policy site_script_of_one on site_script to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

-- Recording gives each site its next number.
alter table site_sequence enable row level security;
create policy site_sequence_publicly on site_sequence to assent_service
    using (reaches_all());
create policy site_sequence_of_one on site_sequence for select to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

-- Operators read records; only visitors make them.
alter table consent_record enable row level security;
create policy consent_record_publicly on consent_record for select to assent_service
    using (reaches_all());
create policy consent_record_made_publicly on consent_record for insert to assent_service
    with check (reaches_all());
create policy consent_record_of_one on consent_record for select to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

alter table erasure_tombstone enable row level security;
create policy erasure_tombstone_of_one on erasure_tombstone for select to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

alter table choice_count enable row level security;
create policy choice_count_of_one on choice_count to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

alter table purpose_count enable row level security;
create policy purpose_count_of_one on purpose_count to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

-- Whoever counts for all has to find where there is something to count; it is counted within one.
alter table counted_sequence enable row level security;
create policy counted_sequence_publicly on counted_sequence for select to assent_service
    using (reaches_all());
create policy counted_sequence_of_one on counted_sequence to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

-- Signing in is noted before an organization is entered; within one, nobody notes in another's trail.
drop policy operator_event_is_written_by_all on operator_event;
create policy operator_event_is_written_within_one on operator_event for insert to assent_service
    with check (current_organization() is null or organization_id = current_organization());

-- As in V0007, and of no other organization's records: this function has its owner's rights, whom
-- the policies do not bind.
create or replace function erase_by_statement(statement bigint) returns bigint
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
    select id
    into said_site
    from site
    where site_key = said ->> 'site'
      and (reaches_all() or organization_id = current_organization());
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

do
$$
begin
    execute format('alter function erase_by_statement set search_path = %I, pg_temp', current_schema());
end
$$;
