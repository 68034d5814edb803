-- Why: the service must not be able to rewrite evidence, whatever bug or break-in it suffers.
--      It works under a role of its own, which later migrations grant the least it needs;
--      the owner of the tables (who runs these files) is used for migrations alone.
-- Roles belong to the whole server, so two databases on one server share this one.
-- Locks: none. Undo: drop role assent_service (after the tables are gone).
do
$$
begin
    if not exists (select from pg_roles where rolname = 'assent_service') then
        create role assent_service nologin;
    end if;
    if not pg_has_role(current_user, 'assent_service', 'member') then
        execute format('grant assent_service to %I', current_user);
    end if;
exception
    when duplicate_object or unique_violation then
        -- Another database of this server made it at the same moment.
        execute format('grant assent_service to %I', current_user);
    when insufficient_privilege then
        raise exception using
            message = format('%I may not make the role assent_service', current_user),
            hint = format('Let an administrator run: create role assent_service nologin; grant assent_service to %I;', current_user);
end
$$;

do
$$
begin
    execute format('grant usage on schema %I to assent_service', current_schema());
end
$$;
