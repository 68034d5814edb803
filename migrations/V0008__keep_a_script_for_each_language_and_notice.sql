-- Why: a version has one script with all its languages and, where it has several, one for each; and
--      while a later version is announced, the live one's scripts once more, with the notice.
-- Locks: site_script, while its key is built anew: a moment. Undo: delete the rows with a language
--        or a notice (the append-only trigger off), then the key and columns as in V0004.
alter table site_script
    -- BCP 47; empty: all languages.
    add column language   text    not null default '',
    -- The version that this script gives notice of; 0: none.
    add column announces  integer not null default 0 check (announces = 0 or announces > version),
    -- For those who want a language that the version does not have.
    add column is_default boolean not null default false check (language <> '' or not is_default),
    drop constraint site_script_pkey,
    add primary key (site_id, version, language, announces),
    -- Scripts are compressed and inserted before the version: that has to wait for the log's head,
    -- and while it is held nobody's choice is recorded.
    alter constraint site_script_site_id_version_fkey deferrable initially deferred;
