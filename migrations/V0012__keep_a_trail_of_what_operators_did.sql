-- Why: who did what and when in the console or by a key, for the owner and for an auditor; nobody
--      may rewrite it. An api key also says when it was last used, so that a forgotten one is found.
-- Locks: api_key, for the moment of adding a column without a default.
-- Undo: drop table operator_event; alter table api_key drop column last_used_at.
create table operator_event
(
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references organization,
    -- Who: an operator, a key, or neither, which is whoever runs the machine.
    operator_id     bigint references operator,
    api_key_id      bigint references api_key,
    -- What, such as role-changed.
    action          text        not null check (action ~ '^[a-z]+(-[a-z]+)*$' and length(action) <= 60),
    -- To what, in words; never a secret.
    subject         text        not null check (length(subject) <= 300),
    at              timestamptz not null,
    check (operator_id is null or api_key_id is null)
);

create index operator_event_organization on operator_event (organization_id, id);
create index operator_event_operator on operator_event (operator_id);
create index operator_event_api_key on operator_event (api_key_id);

create trigger operator_event_is_append_only
    before update or delete or truncate
    on operator_event
    for each statement
execute function refuse_change();

grant select, insert on operator_event to assent_service;

alter table operator_event enable row level security;
create policy operator_event_is_read_within_one on operator_event for select to assent_service
    using (organization_id = current_organization());
create policy operator_event_is_written_by_all on operator_event for insert to assent_service
    with check (true);

alter table api_key add column last_used_at timestamptz;
grant update (last_used_at) on api_key to assent_service;
