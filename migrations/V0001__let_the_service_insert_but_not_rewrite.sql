-- Why: the service must not be able to rewrite evidence, whatever bug or break-in it suffers.
--      It works under a role of its own, which later migrations grant the least it needs;
--      the owner of the tables (who runs these files) is used for migrations alone.
-- Roles belong to the whole server, so two databases on one server share this one.
-- Locks: none. Undo: drop role assent_service (after the tables are gone).
do
$$
begin
    begin
        if not exists (select from pg_roles where rolname = 'assent_service') then
            create role assent_service nologin;
        end if;
    exception
        -- Another database of this server made it at the same moment.
        when duplicate_object or unique_violation then null;
    end;
    begin
        -- Being a member is not enough since PostgreSQL 16: who made a role may still not take it on.
        set local role assent_service;
        reset role;
    exception
        when insufficient_privilege then
            execute format('grant assent_service to %I', current_user);
    end;
exception
    when insufficient_privilege then
        raise exception using
            message = format('%I may not make or take on the role assent_service', current_user),
            hint = format('Let an administrator run: create role assent_service nologin; grant assent_service to %I;', current_user);
end
$$;

do
$$
begin
    execute format('grant usage on schema %I to assent_service', current_schema());
end
$$;
