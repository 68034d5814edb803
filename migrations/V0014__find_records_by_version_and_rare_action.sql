-- Why: operators search millions of records, newest first. Those of one version lie together, often
--      far back; withdrawals and signals are few among many: both are found without walking over all
--      that is newer. Accepting and refusing are so common that they need no index, and what is
--      inserted most pays for none.
-- Locks: consent_record against writing while the indexes are built, some ten seconds for each ten
--        million rows.
-- Undo: create index consent_record_version on consent_record (site_id, policy_version); drop both.
create index consent_record_version_seq on consent_record (site_id, policy_version, seq);

-- Also the index under the foreign key.
drop index consent_record_version;

create index consent_record_rare_action on consent_record (site_id, action, seq)
    where action in ('save', 'withdraw', 'gpc');
