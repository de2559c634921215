-- What could not be delivered, and what queues behind it.
create table journal.dead_letter (
    project_id varchar(64) collate "C" not null,
    consumer text collate "C" not null,
    generation smallint not null,
    partition smallint not null,
    seq bigint not null,
    id uuid not null,
    kind text collate "C" not null check (kind in ('fault', 'too_deep', 'waiting', 'queued')),
    -- What queues together: an aggregate, or empty for a whole stream of a project in a partition.
    queue_type text collate "C" not null,
    queue_key text collate "C" not null,
    grain_type text collate "C" not null,
    grain_key text collate "C" not null,
    event_type text collate "C" not null,
    reason text not null default '',
    attempts integer not null default 1,
    held_at timestamptz not null default clock_timestamp(),
    retry_requested_at timestamptz,
    discard_requested boolean not null default false,
    primary key (project_id, consumer, generation, partition, seq),
    constraint ck_dead_letter_tenant check (starts_with(grain_key, project_id || '/'))
);

create index ix_dead_letter_partition on journal.dead_letter (partition, consumer, seq);
create index ix_dead_letter_id on journal.dead_letter (id);
create index ix_dead_letter_retry on journal.dead_letter (retry_requested_at) where retry_requested_at is not null;

comment on table journal.dead_letter is
    'Events that one consumer could not take: faults that no retry cures, chains that are too deep, rows whose parent is missing, and later events of the same source queued behind them. The payload stays in journal.event.';

alter table journal.dead_letter enable row level security;
alter table journal.dead_letter force row level security;
create policy engine on journal.dead_letter to awooop_engine using (true) with check (true);
-- Projections hold and release in the transaction that writes their rows, as awooop_app.
create policy tenant on journal.dead_letter to awooop_app
    using (project_id = any ((select journal.visible_projects())::text[]))
    with check (project_id = any ((select journal.visible_projects())::text[]));
create policy tenant_read on journal.dead_letter for select to awooop_reader
    using (project_id = any ((select journal.visible_projects())::text[]));
grant select, insert, update, delete on journal.dead_letter to awooop_engine, awooop_app;
grant select on journal.dead_letter to awooop_reader;

-- Positions are updated all the time: leave room for the new version in the same page.
alter table journal.cursor set (fillfactor = 50);
