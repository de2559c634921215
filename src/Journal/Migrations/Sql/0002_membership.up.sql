-- Silos, their leases, and which silo owns which partition.
create table journal.layout (
    generation smallint primary key,
    partitions smallint not null check (partitions between 1 and 4096),
    since timestamptz not null default clock_timestamp()
);

comment on table journal.layout is 'How keys were cut into partitions, by generation; the highest generation is in force.';

insert into journal.layout (generation, partitions) values (1, 256);

create table journal.silo (
    silo_id text collate "C" primary key check (silo_id <> '' and length(silo_id) <= 64),
    -- What the advisory fence of this silo's commits is keyed by.
    fence integer generated always as identity unique,
    incarnation bigint not null check (incarnation > 0),
    -- application_name of every session of this incarnation, so that they can be found and ended.
    session_name text not null check (session_name <> ''),
    state text not null check (state in ('alive', 'dead')),
    -- How long it may act after a renewal: others go by this and not by their own.
    lease interval not null check (lease > interval '0'),
    lease_until timestamptz not null,
    started_at timestamptz not null,
    address text
);

comment on table journal.silo is 'One row a silo. Declared dead once, by compare-and-set under the exclusive fence; a dead incarnation never writes again.';

create table journal.partition (
    partition smallint primary key,
    generation smallint not null references journal.layout,
    owner text collate "C" references journal.silo (silo_id),
    owner_incarnation bigint,
    -- Raised at every change of owner.
    epoch bigint not null default 0,
    -- Sequence numbers up to here were used even if their events have left the log by retention.
    seq_floor bigint not null default 0,
    check ((owner is null) = (owner_incarnation is null))
);

create index ix_partition_owner on journal.partition (owner);

insert into journal.partition (partition, generation) select number, 1 from generate_series(0, 255) as number;

create table journal.cursor (
    consumer text collate "C" not null check (consumer <> ''),
    partition smallint not null,
    generation smallint not null references journal.layout,
    seq bigint not null check (seq >= 0),
    moved_at timestamptz not null default clock_timestamp(),
    primary key (consumer, partition)
);

comment on table journal.cursor is 'How far each consumer has come in each partition; moved by compare-and-set in the transaction that applies the events.';

insert into journal.untenanted (table_name, reason) values
    ('journal.layout', 'Number of partitions'),
    ('journal.silo', 'Silos and leases'),
    ('journal.partition', 'Ownership of partitions'),
    ('journal.cursor', 'Delivery positions');

grant select on journal.layout, journal.silo, journal.partition to awooop_engine, awooop_reader;
grant insert, update on journal.silo to awooop_engine;
grant update (owner, owner_incarnation, epoch) on journal.partition to awooop_engine;
grant select, insert, update, delete on journal.cursor to awooop_engine;
grant select, insert, update on journal.cursor to awooop_app;
grant select on journal.cursor to awooop_reader;

create function journal.end_sessions(of_session_name text) returns integer
    language sql volatile security definer
    set search_path = pg_catalog
as $$
    select count(pg_terminate_backend(pid))::integer
    from pg_stat_activity
    where application_name = of_session_name
      and usename in ('awooop_engine', 'awooop_app')
      and datname = current_database()
      and pid <> pg_backend_pid();
$$;

comment on function journal.end_sessions(text) is
    'Ends the sessions of a dead silo and answers how many were still there: called until it answers 0, since a stopped silo must hold no lock.';

revoke all on function journal.end_sessions(text) from public;
grant execute on function journal.end_sessions(text) to awooop_engine;
