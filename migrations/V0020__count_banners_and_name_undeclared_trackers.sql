-- Why: an owner may want to know how many banners stay unanswered, and which cookies and storage keys
--      nobody has declared. Both are counts of pages, not of people: there is no id in either table,
--      and no moment finer than a day. Both stay empty unless a policy asks for them.
-- Locks: new tables only. Undo: drop them.
create table shown_count
(
    site_id        bigint  not null references site,
    -- By this service's clock, in UTC.
    day            date    not null,
    policy_version integer not null,
    language       text    not null,
    layout         text    not null check (layout in ('desktop', 'mobile')),
    count          bigint  not null check (count >= 1),
    primary key (site_id, day, policy_version, language, layout)
);

create table undeclared_tracker
(
    site_id    bigint  not null references site,
    type       text    not null check (type in ('cookie', 'localStorage', 'sessionStorage')),
    -- Without its digits and whatever may be an identifier.
    name       text    not null check (length(name) between 1 and 64 and name !~ '[0-9]'),
    first_seen date    not null,
    last_seen  date    not null check (last_seen >= first_seen),
    -- Sampled page views on which it was found.
    count      bigint  not null check (count >= 1),
    ignored    boolean not null default false,
    primary key (site_id, type, name)
);

grant select, insert, update (count) on shown_count to assent_service;
grant select, insert, delete, update (last_seen, count, ignored) on undeclared_tracker to assent_service;

alter table shown_count enable row level security;
create policy shown_count_of_one on shown_count to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));

alter table undeclared_tracker enable row level security;
create policy undeclared_tracker_of_one on undeclared_tracker to assent_service
    using (site_id in (select id from site where organization_id = current_organization()));
