-- Retention as data: a row says of a table how long its rows are kept, and one function removes what is older. A table without a row is kept for ever.
create schema retention;
revoke all on schema retention from public;
grant usage on schema retention to awooop_app, awooop_reader;

create table retention.term (
    table_name text collate "C" primary key check (table_name ~ '^public\.[a-z0-9_]+$'),
    keep_days integer not null,
    least_days integer not null check (least_days >= 1),
    most_days integer not null,
    -- Of a row: its age is counted from here.
    time_column text not null,
    -- SQL over the row t: whether its aggregate has come to an end, so that no event changes it any more.
    ended text not null default 'true',
    -- SQL over the row t: the incident that it belongs to. Null when that cannot be told; then any hold keeps the table whole.
    incident text,
    -- Tables whose rows go with the row, found by key_column, which they have as well.
    key_column text,
    children text[] not null default '{}',
    check (least_days <= keep_days and keep_days <= most_days),
    check (cardinality(children) = 0 or key_column is not null)
);

comment on table retention.term is 'How long the rows of record tables are kept: by default, and within which bounds a project may say otherwise. Written by migrations only.';

insert into journal.untenanted (table_name, reason) values ('retention.term', 'Terms of the record tables');
grant select on retention.term to awooop_app, awooop_reader;

create table retention.cut (
    project_id varchar(64) collate "C" not null,
    table_name text collate "C" not null,
    cut_at timestamptz not null,
    rows bigint not null check (rows >= 0),
    removed_at timestamptz not null default clock_timestamp(),
    primary key (project_id, table_name)
);

select public.protect_tenant_table('retention.cut', 'select');

comment on table retention.cut is 'How far each table of a project was cut back, and how many rows that took so far: written with the removal, so that a rebuild leaves the same rows out.';
comment on column retention.cut.project_id is 'Tenant; row-level security';
comment on column retention.cut.rows is 'Of the table itself; rows of its children are not counted';

-- In the place of journal.refuse_change on insert-only tables with a term: it lets remove_rows and a rebuild delete, and them nothing inside the least term.
create function retention.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog
    set timezone = 'UTC'
as $$
declare
    term retention.term;
    project text;
begin
    if tg_op = 'DELETE' and current_setting('awooop.retention', true) = format('%I.%I', tg_table_schema, tg_table_name) then
        if tg_level = 'STATEMENT' then
            return null;
        end if;
        select * into term from retention.term t where t.table_name = 'public.' || tg_table_name;
        if (to_jsonb(old) ->> term.time_column)::timestamptz < clock_timestamp() - make_interval(days => term.least_days) then
            return old;
        end if;
    end if;
    if tg_level = 'ROW' then
        project := old.project_id;
    end if;
    if journal.owner_may_delete(tg_op, tg_level, project) then
        if tg_level = 'ROW' then
            return old;
        end if;
        return null;
    end if;
    raise exception using errcode = 'insufficient_privilege', message = format('%I.%I is append-only within its term', tg_table_schema, tg_table_name);
end $$;

comment on function retention.refuse_change() is
    'For triggers of insert-only tables with a term: refuses UPDATE, TRUNCATE, and DELETE of anything that is younger than the least term, the owner''s too, but for its DELETE of a project that is being taken out.';

create function retention.keep_insert_only(target regclass) returns void
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    execute format('drop trigger insert_only on %s', target);
    execute format(
        'create trigger insert_only before update or delete or truncate on %s for each statement execute function retention.refuse_change()', target);
    execute format('create trigger inside_term before delete on %s for each row execute function retention.refuse_change()', target);
end $$;

comment on function retention.keep_insert_only(regclass) is 'Lets an insert-only table be cut back by retention, and by nothing else. For migrations.';

create function retention.last_word() returns interval
    language sql immutable parallel safe
    return interval '31 days';

comment on function retention.last_word() is 'An aggregate that has ended may have an event within this time, such as an action on a notification, and none later.';

-- The rows of a table and their children that are past the cut, have ended and are not held: those of one batch.
create function retention.delete_batch(place text, term retention.term, of_project text, before timestamptz, held text[], most integer) returns integer
    language plpgsql volatile
    set search_path = pg_catalog
as $$
declare
    bare constant text := substr(term.table_name, length('public.') + 1);
    with_children text := '';
    child text;
    removed integer;
begin
    foreach child in array term.children loop
        with_children := with_children || format(
            ', %I as (delete from %I.%I c using gone where c.project_id = $1 and c.%I = gone.key)', 'of_' || child, place, child, term.key_column);
    end loop;
    perform set_config('awooop.retention', format('%I.%I', place, bare), true);
    execute format(
        'with gone as (
            delete from %1$I.%2$I d where d.ctid = any (array(
                select t.ctid from %1$I.%2$I t
                where t.project_id = $1 and t.%3$I < $2 and (%4$s) and %5$s
                order by t.%3$I limit $4 for update of t skip locked))
            returning %6$s as key)%7$s
        select count(*)::integer from gone',
        place, bare, term.time_column, term.ended,
        case when term.incident is null then '$3::text[] is not null' else format('((%s)::text <> all ($3)) is not false', term.incident) end,
        case when term.key_column is null then 'null' else format('d.%I', term.key_column) end,
        with_children)
    into removed using of_project, before, held, most;
    perform set_config('awooop.retention', '', true);
    return removed;
end $$;

revoke all on function retention.delete_batch(text, retention.term, text, timestamptz, text[], integer) from public;

create function retention.remove_rows(of_project text, of_table text, before timestamptz, most integer)
    returns table (removed integer, total bigint, held boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog
    set timezone = 'UTC'
as $$
declare
    term retention.term;
    incidents text[];
begin
    if journal.visible(of_project) is not true then
        raise exception using errcode = 'insufficient_privilege', message = 'the project is not among those of the session';
    end if;
    if most not between 1 and 10000 then
        raise exception using errcode = 'invalid_parameter_value', message = 'most must be between 1 and 10000';
    end if;
    select * into term from retention.term t where t.table_name = of_table;
    if not found then
        raise exception using errcode = 'invalid_parameter_value', message = format('%s is kept for ever', of_table);
    end if;
    if before > clock_timestamp() - make_interval(days => term.least_days) then
        raise exception using errcode = 'invalid_parameter_value', message = format('%s is kept for %s days at least', of_table, term.least_days);
    end if;

    -- A hold that is being written is waited for, and none is written while rows go: what was placed before is seen by the next statement.
    lock table public.awooop_legal_hold in share mode;
    held := exists (select from public.awooop_legal_hold h where h.project_id = of_project and h.released_at is null and h.scope = 'project');
    incidents := array(
        select h.incident_id::text from public.awooop_legal_hold h where h.project_id = of_project and h.released_at is null and h.scope = 'incident');
    held := held or (term.incident is null and cardinality(incidents) > 0);
    removed := 0;
    if not held then
        removed := retention.delete_batch('public', term, of_project, before, incidents, most);
        -- The copies that rebuilds begin with, once the log was cut, hold the same rows. What had ended shortly before the cut may have had an event
        -- after it, which a rebuild will apply: it stays there until the next cut.
        if to_regclass('records_cut.' || quote_ident(substr(of_table, length('public.') + 1))) is not null then
            perform retention.delete_batch(
                'records_cut', term, of_project, least(before, (select max(c.before) from journal.log_cut c) - retention.last_word()), incidents, most);
        end if;
        if removed > 0 then
            insert into retention.cut as c (project_id, table_name, cut_at, rows) values (of_project, of_table, before, removed)
            on conflict (project_id, table_name) do update
                set cut_at = greatest(c.cut_at, excluded.cut_at), rows = c.rows + excluded.rows, removed_at = excluded.removed_at;
        end if;
    end if;
    total := coalesce((select c.rows from retention.cut c where c.project_id = of_project and c.table_name = of_table), 0);
    return next;
end $$;

comment on function retention.remove_rows(text, text, timestamptz, integer) is
    'Removes one batch of rows of a project that are older than a time which lies before the least term, have ended and are not held, with their children; answers how many, how many ever, and whether a hold keeps the whole table.';

revoke all on function retention.remove_rows(text, text, timestamptz, integer) from public;
grant execute on function retention.remove_rows(text, text, timestamptz, integer) to awooop_app;

create function retention.leave_out(place text, ended_before timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog
as $$
declare
    term retention.term;
    bare text;
    same text;
    gone text;
    child text;
begin
    for term in select * from retention.term loop
        bare := substr(term.table_name, length('public.') + 1);
        continue when to_regclass(format('%I.%I', place, bare)) is null;
        select string_agg(format('l.%1$I = t.%1$I', a.attname), ' and ') into same
        from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
        where i.indrelid = to_regclass(term.table_name) and i.indisprimary;
        gone := format(
            'k.project_id = t.project_id and k.table_name = %1$L and t.%2$I < k.cut_at and t.%2$I < %3$L::timestamptz and (%4$s) '
            'and not exists (select from public.%5$I l where %6$s)',
            term.table_name, term.time_column, ended_before, term.ended, bare, same);
        perform set_config('awooop.retention', format('%I.%I', place, bare), true);
        foreach child in array term.children loop
            execute format(
                'delete from %1$I.%2$I c using %1$I.%3$I t, retention.cut k where c.project_id = t.project_id and c.%4$I = t.%4$I and %5$s',
                place, child, bare, term.key_column, gone);
        end loop;
        execute format('delete from %I.%I t using retention.cut k where %s', place, bare, gone);
    end loop;
    perform set_config('awooop.retention', '', true);
end $$;

comment on function retention.leave_out(text, timestamptz) is
    'Removes from copies of record tables in a schema what retention has removed from the live ones and had ended before a time. For rebuilds and cuts, as the owner, with the tenants of all rows named.';

revoke all on function retention.leave_out(text, timestamptz) from public;

insert into retention.term (table_name, keep_days, least_days, most_days, time_column, ended, incident, key_column, children) values
    ('public.alert_member', 35, 7, 400, 'ended_at', 't.ended_at is not null', null, null, '{}'),
    ('public.notification_outcomes', 400, 31, 3650, 'sent_at', 't.delivery_status in (''delivered'', ''failed'')', 't.incident_id', null, '{}'),
    ('public.run_state', 730, 90, 3650, 'updated_at', 't.state in (''completed'', ''failed'', ''cancelled'', ''timed_out'')', 't.incident_id',
        'run_id', '{step_journal,remediation_events}'),
    ('public.auto_repair_executions', 1095, 365, 3650, 'created_at', 'true', 't.incident_id', null, '{}'),
    ('public.audit_logs', 1095, 365, 3650, 'created_at', 'true',
        'select a.incident_id from public.approval_records a where a.project_id = t.project_id and a.id = t.approval_id', null, '{}'),
    ('public.timeline_events', 1095, 365, 3650, 'created_at',
        'not exists (select from public.incidents i where i.project_id = t.project_id and i.incident_id = t.incident_id and i.status <> ''closed'')',
        't.incident_id', null, '{}'),
    ('public.alert_operation_log', 1095, 365, 3650, 'created_at',
        'not exists (select from public.incidents i where i.project_id = t.project_id and i.incident_id = t.incident_id and i.status <> ''closed'')',
        't.incident_id', null, '{}');

select retention.keep_insert_only(made.target::regclass)
from unnest(array['public.auto_repair_executions', 'public.audit_logs', 'public.timeline_events', 'public.alert_operation_log']) as made (target);

-- Oldest first within a project: what remove_rows goes by, where no other index does.
create index ix_alert_member_ended_at on public.alert_member (project_id, ended_at) where ended_at is not null;
create index ix_run_state_updated_at on public.run_state (project_id, updated_at) where state in ('completed', 'failed', 'cancelled', 'timed_out');
create index ix_auto_repair_executions_created_at on public.auto_repair_executions (project_id, created_at);
create index ix_alert_operation_log_created_at on public.alert_operation_log (project_id, created_at);
