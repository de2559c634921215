-- What senders sent, until it is worked off. Cut into slots of time, so that old records leave by TRUNCATE and cost no vacuum.
create table journal.intake (
    slot smallint not null,
    partition smallint not null,
    seq bigint not null check (seq > 0),
    items integer not null check (items > 0),
    received_at timestamptz not null,
    project_id varchar(64) collate "C" not null,
    kind text collate "C" not null,
    trace_id text,
    payload bytea not null
) partition by list (slot);

comment on table journal.intake is
    'Accepted requests of senders, parsed, validated and redacted. seq rises within a partition and may have gaps; received_at never falls within a partition.';

alter table journal.intake alter column payload set compression lz4;

-- Not unique: its partition's one owner numbers the records, checked by the partition's epoch in each append.
create index ix_intake_partition_seq on journal.intake (partition, seq);

alter table journal.intake enable row level security;
alter table journal.intake force row level security;
create policy engine on journal.intake to awooop_engine using (true) with check (true);
create policy tenant_read on journal.intake for select to awooop_app, awooop_reader
    using (project_id = any ((select journal.visible_projects())::text[]));
grant select, insert on journal.intake to awooop_engine;
grant select on journal.intake to awooop_app, awooop_reader;

do $$
declare
    name text;
begin
    for slot in 0..3 loop
        name := 'intake_' || slot;
        execute format('create table journal.%I partition of journal.intake for values in (%s)', name, slot);
        execute format('alter table journal.%I enable row level security', name);
        execute format('alter table journal.%I force row level security', name);
        execute format('create policy engine on journal.%I to awooop_engine using (true) with check (true)', name);
        execute format('grant select, truncate on journal.%I to awooop_engine', name);
        -- Filled and truncated, hardly ever updated: analyze it early, vacuum has nothing to do.
        execute format('alter table journal.%I set (autovacuum_vacuum_insert_threshold = -1)', name);
    end loop;
end $$;

create table journal.intake_rejected (
    project_id varchar(64) collate "C" not null,
    partition smallint not null,
    seq bigint not null,
    kind text collate "C" not null,
    reason text not null,
    received_at timestamptz not null,
    rejected_at timestamptz not null default clock_timestamp(),
    trace_id text,
    payload bytea not null,
    primary key (project_id, partition, seq)
);

comment on table journal.intake_rejected is 'Accepted requests that their consumer can never take; kept whole, since they were acknowledged.';

alter table journal.intake_rejected enable row level security;
alter table journal.intake_rejected force row level security;
create policy engine on journal.intake_rejected to awooop_engine using (true) with check (true);
create policy tenant_read on journal.intake_rejected for select to awooop_app, awooop_reader
    using (project_id = any ((select journal.visible_projects())::text[]));
grant select, insert, delete on journal.intake_rejected to awooop_engine;
grant select on journal.intake_rejected to awooop_app, awooop_reader;
