-- Taking a tenant out of the database. The row of a project is the fence: from it on nothing of the project can be committed or taken in,
-- and once its rows are being deleted nothing of it can be held back or set aside either. Only the owner writes it.
create table journal.removed_project (
    -- Not project_id: the row is about a tenant that is gone and belongs to none.
    id text collate "C" primary key check (id <> '' and length(id) <= 64),
    fenced_at timestamptz not null default clock_timestamp(),
    -- From here on there is no way back.
    deleting_since timestamptz,
    removed_at timestamptz,
    -- Rows that were deleted, by table; counted in the transactions that delete them.
    deleted jsonb not null default '{}',
    -- Of the export that was named; lower-case hex.
    manifest_sha256 text check (manifest_sha256 ~ '^[0-9a-f]{64}$'),
    check (removed_at is null or deleting_since is not null)
);

comment on table journal.removed_project is 'Projects that are being taken out or were; an id that stands here cannot be used. Written by the owner alone.';

insert into journal.untenanted (table_name, reason) values
    ('journal.removed_project', 'Ids of projects that were taken out');

grant select on journal.removed_project to awooop_engine, awooop_app, awooop_reader;

create function journal.is_being_deleted(project text) returns boolean
    language sql stable
    set search_path = pg_catalog
    return exists (select from journal.removed_project r where r.id = project and r.deleting_since is not null and r.removed_at is null);

comment on function journal.is_being_deleted(text) is 'True while the rows of a project may be deleted from append-only tables.';

grant execute on function journal.is_being_deleted(text) to public;

-- The one exception of append-only tables. A trigger of a statement sees no rows, but forced row-level security lets the owner reach those of
-- the projects named only; so exactly one must be named, and be under removal. A superuser, whom no policy binds, is refused as before.
create function journal.owner_may_delete(op text, level text, project text) returns boolean
    language sql stable
    set search_path = pg_catalog
    return op = 'DELETE' and current_user = 'awooop_owner'
        and journal.is_being_deleted(case when level = 'ROW' then project else current_setting('awooop.project_ids', true) end);

comment on function journal.owner_may_delete(text, text, text) is
    'For triggers of append-only tables, with what they are told: true for the owner''s DELETE of a project that is being taken out. The project is that of the row; a trigger of a statement has none.';

grant execute on function journal.owner_may_delete(text, text, text) to public;

create or replace function journal.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
declare
    project text;
begin
    if tg_level = 'ROW' then
        project := old.project_id;
    end if;
    if journal.owner_may_delete(tg_op, tg_level, project) then
        if tg_level = 'ROW' then
            return old;
        end if;
        return null;
    end if;

    raise exception using errcode = 'insufficient_privilege', message = format('%I.%I is append-only', tg_table_schema, tg_table_name);
end $$;

comment on function journal.refuse_change() is
    'For triggers of append-only tables: refuses UPDATE, DELETE and TRUNCATE, the owner''s too, but for its DELETE of a project that is being taken out.';

comment on table journal.event is
    'Every event of every aggregate. seq is given without gaps within a partition; the numbers of projects that were taken out are missing since. Never updated: retention drops whole months.';

create or replace function journal.commit_batch(
    silo text, fence_key integer, silo_incarnation bigint, of_generation smallint,
    c_project text[], c_type text[], c_key text[], c_partition smallint[],
    c_expected bigint[], c_version bigint[], c_state_version integer[], c_state json[],
    created integer,
    e_project text[], e_type text[], e_key text[], e_partition smallint[],
    e_seq bigint[], e_version bigint[], e_event text[], e_event_version smallint[], e_data json[],
    e_actor text[], e_at timestamptz[], e_depth smallint[], e_command uuid[], e_causation text[], e_trace text[],
    k_project text[], k_type text[], k_key text[], k_partition smallint[],
    k_command uuid[], k_seq bigint[], k_outcome json[], command_retention interval,
    w_project text[], w_type text[], w_key text[], w_partition smallint[], w_name text[], w_due timestamptz[], w_period interval[],
    n_project text[], n_type text[], n_key text[], n_kind text[], n_name text[], n_release boolean[]
) returns void
    language plpgsql volatile
    set search_path = pg_catalog
    -- Every join is a handful of keys against a primary key. On a young table the planner would scan instead,
    -- and keep that plan when the table has grown.
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
declare
    affected bigint;
begin
    -- A take-over holds this lock exclusively while it declares the silo dead.
    perform pg_advisory_xact_lock_shared(1096239951, fence_key);
    perform from journal.silo s where s.silo_id = silo and s.incarnation = silo_incarnation and s.state = 'alive';
    if not found then
        raise exception using errcode = 'JF001', message = 'this incarnation of the silo may no longer write';
    end if;

    -- A lookup for each project of the batch in an index that is mostly one empty page. Whoever takes a project out waits, after the row is
    -- there, for every transaction that began before: so what comes through here is either durable before rows are deleted, or refused.
    if exists (select from journal.removed_project r where r.id = any (c_project)) then
        raise exception using errcode = 'JR001', message = 'a project was taken out';
    end if;

    if cardinality(k_command) > 0 then
        insert into journal.command as k
            (project_id, grain_type, grain_key, command_id, generation, partition, seq, outcome, expires_at)
        select n.project, n.type, n.key, n.command, of_generation, n.partition, n.seq, n.outcome, clock_timestamp() + command_retention
        from unnest(k_project, k_type, k_key, k_partition, k_command, k_seq, k_outcome)
            as n (project, type, key, partition, command, seq, outcome)
        on conflict (project_id, grain_type, grain_key, command_id) do update
            set generation = excluded.generation, partition = excluded.partition, seq = excluded.seq,
                outcome = excluded.outcome, expires_at = excluded.expires_at
            where k.expires_at <= clock_timestamp();
        get diagnostics affected = row_count;
        if affected <> cardinality(k_command) then
            raise exception using errcode = 'JC001', message = 'a command was committed before';
        end if;
    end if;

    if created > 0 then
        insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state)
        select c.project, c.type, c.key, c.partition, c.version, c.state_version, c.state
        from unnest(c_project, c_type, c_key, c_partition, c_expected, c_version, c_state_version, c_state)
            as c (project, type, key, partition, expected, version, state_version, state)
        where c.expected = 0
        on conflict do nothing;
        get diagnostics affected = row_count;
        if affected <> created then
            raise exception using errcode = 'JC001', message = 'an aggregate exists already';
        end if;
    end if;

    if created < cardinality(c_key) then
        update journal.grain g set version = c.version, state_version = c.state_version, state = c.state
        from unnest(c_project, c_type, c_key, c_expected, c_version, c_state_version, c_state)
            as c (project, type, key, expected, version, state_version, state)
        where g.project_id = c.project and g.grain_type = c.type and g.grain_key = c.key
          and g.version = c.expected and c.expected > 0;
        get diagnostics affected = row_count;
        if affected <> cardinality(c_key) - created then
            raise exception using errcode = 'JC001', message = 'an aggregate has moved on';
        end if;
    end if;

    insert into journal.event
        (partition, generation, type_version, depth, seq, version, at, project_id, grain_type, grain_key, type, actor, command_id, causation, trace_id, data)
    select e.partition, of_generation, e.event_version, e.depth, e.seq, e.version, e.at, e.project, e.type, e.key, e.event, e.actor,
        e.command, e.causation, e.trace, e.data
    from unnest(e_project, e_type, e_key, e_partition, e_seq, e_version, e_event, e_event_version, e_data,
            e_actor, e_at, e_depth, e_command, e_causation, e_trace)
        as e (project, type, key, partition, seq, version, event, event_version, data, actor, at, depth, command, causation, trace);

    if cardinality(n_name) > 0 then
        delete from journal.claim held
        using unnest(n_project, n_type, n_key, n_kind, n_name, n_release) as n (project, type, key, kind, name, release)
        where n.release
          and held.project_id = n.project and held.kind = n.kind and held.key = n.name
          and held.grain_type = n.type and held.grain_key = n.key;

        -- In one order for everybody: two transactions that take the same names must not wait for each other in a circle.
        insert into journal.claim as held (project_id, kind, key, grain_type, grain_key)
        select n.project, n.kind, n.name, n.type, n.key
        from unnest(n_project, n_type, n_key, n_kind, n_name, n_release) as n (project, type, key, kind, name, release)
        where not n.release
        order by n.project, n.kind, n.name
        on conflict (project_id, kind, key) do update set grain_type = excluded.grain_type
            where held.grain_type = excluded.grain_type and held.grain_key = excluded.grain_key;
        get diagnostics affected = row_count;
        if affected <> (select count(*) from unnest(n_release) as release where not release) then
            raise exception using errcode = 'JC001', message = 'a claim is taken';
        end if;
    end if;

    if cardinality(w_name) > 0 then
        delete from journal.wake set_before
        using unnest(w_project, w_type, w_key, w_name, w_due) as w (project, type, key, name, due)
        where w.due is null
          and set_before.project_id = w.project and set_before.grain_type = w.type
          and set_before.grain_key = w.key and set_before.name = w.name;

        insert into journal.wake (project_id, grain_type, grain_key, name, partition, due_at, period)
        select w.project, w.type, w.key, w.name, w.partition, w.due, w.period
        from unnest(w_project, w_type, w_key, w_partition, w_name, w_due, w_period) as w (project, type, key, partition, name, due, period)
        where w.due is not null
        on conflict (project_id, grain_type, grain_key, name) do update set due_at = excluded.due_at, period = excluded.period;
    end if;
end $$;

comment on function journal.commit_batch is
    'Group commit. JF001: the silo is fenced; JR001: a project was taken out; JC001: at least one aggregate, command or claim stands in the way. Nothing is written then.';
