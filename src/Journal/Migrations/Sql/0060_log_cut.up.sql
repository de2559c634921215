-- Where the log begins once whole months have left it, and where the copies of the record tables stand that replay begins with.
create table journal.log_cut (
    before timestamptz primary key,
    generation smallint not null references journal.layout,
    events bigint not null check (events >= 0),
    -- Every tenant that had an event before: whose rows the copies hold.
    projects text[] not null,
    made_at timestamptz not null default clock_timestamp()
);

comment on table journal.log_cut is
    'Cuts of the event log, the newest in force: months before it were dropped. The record tables as the log had made them up to there stand in schema records_cut.';
comment on column journal.log_cut.before is 'The first instant of the first month that was kept, UTC';
comment on column journal.log_cut.events is 'How many events left the log with this cut';

create table journal.log_cut_position (
    partition smallint primary key,
    seq bigint not null check (seq > 0)
);

comment on table journal.log_cut_position is
    'Of the newest cut: the last event of each partition that the copies in records_cut have applied. Events at or before it may still be in the log, when their time is that of a month that was kept.';

insert into journal.untenanted (table_name, reason) values
    ('journal.log_cut', 'Which months have left the log'),
    ('journal.log_cut_position', 'Where replay begins after them');

grant select on journal.log_cut to awooop_engine;
grant select (before, made_at) on journal.log_cut to awooop_app, awooop_reader;
grant select on journal.log_cut_position to awooop_engine, awooop_reader;
