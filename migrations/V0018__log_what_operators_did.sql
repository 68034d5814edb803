-- Why: whoever runs the machine could still rewrite the trail, with the tables' owner and some
--      patience. So each event also enters the log, as a commitment: the log says nothing of who or
--      what, and nobody can change, add or drop an event behind a signed checkpoint's back.
--      A job does it within seconds, so that nobody who signs in waits for the log's head.
-- Locks: operator_event against writing while the index is built and the trigger added. What
--        happened before is logged after the start, a few hundred events at a time.
-- Undo: drop the trigger, the two functions, the index and the two tables.
create table operator_event_waiting
(
    event_id        bigint primary key references operator_event,
    organization_id bigint not null references organization
);

create index operator_event_waiting_organization on operator_event_waiting (organization_id, event_id);

create table operator_event_entry
(
    event_id        bigint primary key references operator_event,
    organization_id bigint not null references organization,
    -- 32 random bytes that stand here and nowhere else: without them the log's entry says nothing.
    salt            bytea  not null check (octet_length(salt) = 32),
    -- The event in canonical form as it was when it was logged, names and all.
    document        bytea  not null check (octet_length(document) <= 65536),
    log_index       bigint not null unique references log_statement
);

create index operator_event_entry_organization on operator_event_entry (organization_id, event_id);
create index operator_event_day on operator_event (organization_id, at);

create trigger operator_event_entry_is_append_only
    before update or delete or truncate
    on operator_event_entry
    for each statement
execute function refuse_change();

create function await_entry_of_event() returns trigger
    language plpgsql
    security definer
as
$$
begin
    insert into operator_event_waiting (event_id, organization_id) values (new.id, new.organization_id);
    return null;
end
$$;

-- Whose events wait: ids of organizations, no more.
create function organizations_with_events_waiting() returns setof bigint
    language sql stable
    security definer
as
$$
select distinct organization_id from operator_event_waiting order by 1
$$;

do
$$
begin
    execute format('alter function await_entry_of_event set search_path = %I, pg_temp', current_schema());
    execute format('alter function organizations_with_events_waiting set search_path = %I, pg_temp', current_schema());
end
$$;

revoke all on function await_entry_of_event, organizations_with_events_waiting from public;
grant execute on function organizations_with_events_waiting to assent_service;

create trigger operator_event_is_to_be_logged
    after insert
    on operator_event
    for each row
execute function await_entry_of_event();

insert into operator_event_waiting (event_id, organization_id)
select id, organization_id
from operator_event;

grant select, delete on operator_event_waiting to assent_service;
grant select, insert on operator_event_entry to assent_service;
-- To lock a row takes a right to change it; there is nothing in it to change.
grant update (event_id) on operator_event_waiting to assent_service;

alter table operator_event_waiting enable row level security;
create policy operator_event_waiting_of_one on operator_event_waiting to assent_service
    using (organization_id = current_organization());

alter table operator_event_entry enable row level security;
create policy operator_event_entry_of_one on operator_event_entry to assent_service
    using (organization_id = current_organization());
