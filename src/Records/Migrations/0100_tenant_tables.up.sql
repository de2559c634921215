-- How every record table is closed to other tenants, and the literals that several tables share.
create function public.protect_tenant_table(target regclass, app_rights text) returns void
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    -- One policy for every role, the owner too; what a role may do at all is said by its grants.
    execute format(
        'create policy tenant on %1$s using (project_id = any ((select journal.visible_projects())::text[])) '
        'with check (project_id = any ((select journal.visible_projects())::text[]))', target);
    execute format('revoke all on %s from public', target);
    execute format('grant %s on %s to awooop_app', app_rights, target);
    execute format('grant select on %s to awooop_reader', target);
end $$;

comment on function public.protect_tenant_table(regclass, text) is
    'Forces row-level security on a table with a project_id and grants awooop_app the rights named, awooop_reader SELECT. For migrations and rebuilds.';

create function public.make_insert_only(target regclass) returns void
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    -- Of the statement, not of the row: a statement that meets no row is refused as well.
    execute format(
        'create trigger insert_only before update or delete or truncate on %s '
        'for each statement execute function journal.refuse_change()', target);
end $$;

comment on function public.make_insert_only(regclass) is
    'Refuses UPDATE, DELETE and TRUNCATE on a table, the owner''s too. A rebuild swaps in a new table.';

revoke all on function public.protect_tenant_table(regclass, text), public.make_insert_only(regclass) from public;

create type public.incident_status as enum ('investigating', 'mitigating', 'escalated', 'resolved', 'closed');
create type public.incident_severity as enum ('P0', 'P1', 'P2', 'P3');
create type public.risk_level as enum ('low', 'medium', 'high', 'critical');
create type public.approval_status as enum (
    'pending', 'approved', 'rejected', 'expired', 'cancelled', 'superseded', 'executing', 'executed', 'failed');

-- Not run_state: the table of that name has a row type of that name.
create type public.run_status as enum (
    'pending', 'running', 'waiting_tool', 'waiting_approval', 'completed', 'failed', 'cancelled', 'timed_out');

create type public.alert_event_type as enum (
    'ALERT_RECEIVED', 'TELEGRAM_SENT', 'USER_ACTION', 'AUTO_REPAIR_TRIGGERED', 'EXECUTION_STARTED', 'EXECUTION_COMPLETED',
    'TELEGRAM_RESULT_SENT', 'RESOLVED', 'SILENCED', 'ESCALATED', 'GUARDRAIL_BLOCKED', 'PRE_FLIGHT_PASSED', 'PRE_FLIGHT_FAILED',
    'BACKUP_TRIGGERED', 'BACKUP_COMPLETED', 'BACKUP_FAILED', 'APPROVAL_ESCALATED', 'CHANGE_APPLIED');
