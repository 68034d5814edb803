-- Why: how many accepted, refused or chose is asked of millions of records and must not read them.
--      Each record is counted once, by its number, soon after it was recorded; a table grows by some
--      rows a day and site. A count names nobody, so it stays when a record is erased.
-- Locks: new tables only. Undo: drop them.
create table choice_count
(
    site_id        bigint  not null references site,
    -- Of recorded_at, in UTC.
    day            date    not null,
    policy_version integer not null,
    language       text    not null,
    layout         text    not null,
    action         text    not null,
    count          bigint  not null check (count >= 1),
    primary key (site_id, day, policy_version, language, layout, action)
);

create table purpose_count
(
    site_id        bigint  not null references site,
    day            date    not null,
    policy_version integer not null,
    language       text    not null,
    layout         text    not null,
    purpose        text    not null,
    granted        bigint  not null check (granted >= 0),
    refused        bigint  not null check (refused >= 0),
    primary key (site_id, day, policy_version, language, layout, purpose)
);

-- How far each site has been counted: numbers are given and committed in order, so all up to the
-- site's last are there to be counted, or erased.
create table counted_sequence
(
    site_id  bigint primary key references site,
    last_seq bigint not null check (last_seq >= 0)
);

grant select, insert on choice_count, purpose_count, counted_sequence to assent_service;
grant update (count) on choice_count to assent_service;
grant update (granted, refused) on purpose_count to assent_service;
grant update (last_seq) on counted_sequence to assent_service;
