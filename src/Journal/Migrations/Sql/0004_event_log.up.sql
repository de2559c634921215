-- The event log: the source of truth, append-only, cut by month.
create table journal.event (
    partition smallint not null,
    generation smallint not null,
    type_version smallint not null,
    depth smallint not null default 0 check (depth >= 0),
    seq bigint not null check (seq > 0),
    version bigint not null check (version > 0),
    at timestamptz not null,
    project_id varchar(64) collate "C" not null,
    grain_type text collate "C" not null,
    grain_key text collate "C" not null,
    type text collate "C" not null,
    actor text not null,
    command_id uuid,
    -- Position {generation}.{partition}.{seq} of the event that a reaction answered.
    causation text,
    trace_id text,
    data json not null,
    primary key (project_id, grain_type, grain_key, version, at),
    constraint ck_event_tenant check (starts_with(grain_key, project_id || '/'))
) partition by range (at);

-- Not unique: uniqueness could only be kept within a month. The partition's one owner numbers the events.
create index ix_event_partition_seq on journal.event (partition, seq);

comment on table journal.event is 'Every event of every aggregate. seq has no gaps within a partition. Never updated, never deleted: retention drops whole months.';

alter table journal.event enable row level security;
alter table journal.event force row level security;
create policy engine on journal.event to awooop_engine using (true) with check (true);
create policy tenant_read on journal.event for select to awooop_app, awooop_reader
    using (project_id = any ((select journal.visible_projects())::text[]));
grant select, insert on journal.event to awooop_engine;
grant select on journal.event to awooop_app, awooop_reader;

create function journal.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    raise exception using errcode = 'insufficient_privilege', message = format('%I.%I is append-only', tg_table_schema, tg_table_name);
end $$;

comment on function journal.refuse_change() is 'For triggers of append-only tables: refuses UPDATE, DELETE and TRUNCATE, the owner''s too.';

create trigger append_only before update or delete on journal.event
    for each row execute function journal.refuse_change();
create trigger append_only_truncate before truncate on journal.event
    for each statement execute function journal.refuse_change();

-- No grants on partitions: they are reached through journal.event, whose policies hold; direct access is closed.
create table journal.event_default partition of journal.event default;
alter table journal.event_default enable row level security;
alter table journal.event_default force row level security;
create trigger append_only_truncate before truncate on journal.event_default
    for each statement execute function journal.refuse_change();

create function journal.ensure_event_partitions(months_ahead integer) returns integer
    language plpgsql security definer
    set search_path = pg_catalog
    set timezone = 'UTC'
as $$
declare
    first_month constant timestamptz := date_trunc('month', clock_timestamp());
    month timestamptz;
    name text;
    made integer := 0;
begin
    if months_ahead not between 0 and 120 then
        raise exception using errcode = 'invalid_parameter_value', message = 'months_ahead must be between 0 and 120';
    end if;
    perform pg_advisory_xact_lock(hashtext('awooop: event partitions'));
    for ahead in 0..months_ahead loop
        month := first_month + make_interval(months => ahead);
        name := to_char(month, '"event_y"YYYY"m"MM');
        continue when to_regclass(format('journal.%I', name)) is not null;
        -- A month that the default partition already holds events of stays there.
        continue when exists (
            select from journal.event_default where at >= month and at < month + interval '1 month');
        -- Made apart and attached: creating it as a partition would lock the whole log against writers.
        execute format('create table journal.%I (like journal.event including defaults including constraints)', name);
        execute format('alter table journal.%I enable row level security', name);
        execute format('alter table journal.%I force row level security', name);
        execute format('create trigger append_only_truncate before truncate on journal.%I '
            'for each statement execute function journal.refuse_change()', name);
        execute format('alter table journal.event attach partition journal.%I for values from (%L) to (%L)',
            name, month, month + interval '1 month');
        made := made + 1;
    end loop;
    return made;
end $$;

comment on function journal.ensure_event_partitions(integer) is 'Makes the months of the event log from this one to months_ahead, and answers how many were missing.';

revoke all on function journal.ensure_event_partitions(integer) from public;
grant execute on function journal.ensure_event_partitions(integer) to awooop_engine;

select journal.ensure_event_partitions(3);
