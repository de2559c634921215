-- What people have given up for a projection: its rows are made without these events, and so is every rebuild of them.
create table journal.discarded_event (
    project_id varchar(64) collate "C" not null,
    consumer text collate "C" not null,
    generation smallint not null,
    partition smallint not null,
    seq bigint not null check (seq > 0),
    discarded_at timestamptz not null default clock_timestamp(),
    -- No other index: each row was a person's decision, so there are few, and a rebuild reads them all.
    primary key (project_id, consumer, generation, partition, seq)
);

comment on table journal.discarded_event is
    'Dead letters of projections that were discarded, written when they leave the queue. A rebuild leaves the events out; a cut of the log takes the rows whose events it takes.';

alter table journal.discarded_event enable row level security;
alter table journal.discarded_event force row level security;
-- Projections release in the transaction that writes their rows, as awooop_app.
create policy tenant on journal.discarded_event to awooop_app
    using (project_id = any ((select journal.visible_projects())::text[]))
    with check (project_id = any ((select journal.visible_projects())::text[]));
create policy tenant_read on journal.discarded_event for select to awooop_reader
    using (project_id = any ((select journal.visible_projects())::text[]));
-- Rebuilds and cuts, which learn from the log only which tenants there are.
create policy rebuild on journal.discarded_event to awooop_owner using (true) with check (true);
grant select, insert on journal.discarded_event to awooop_app;
grant select on journal.discarded_event to awooop_reader;
