create table public.awooop_audit_event (
    project_id varchar(64) collate "C" not null default 'awoooi',
    generation smallint not null,
    partition smallint not null,
    seq bigint not null,
    chain_no bigint not null check (chain_no > 0),
    at timestamptz not null,
    act text collate "C" not null,
    actor text collate "C" not null,
    object_type text collate "C" not null,
    object_id text collate "C" not null,
    object_version bigint not null,
    outcome text collate "C" not null,
    reason text,
    command_id uuid,
    causation text collate "C",
    trace_id text collate "C",
    data_sha256 bytea not null check (octet_length(data_sha256) = 32),
    previous_hash bytea not null check (octet_length(previous_hash) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (project_id, generation, partition, seq)
);

-- The tenant's index, in the order of the list that reads it.
create index ix_awooop_audit_event_project_id on public.awooop_audit_event (project_id, at desc, generation desc, partition desc, seq desc);
create index ix_awooop_audit_event_actor on public.awooop_audit_event (project_id, actor, at desc);
create index ix_awooop_audit_event_act on public.awooop_audit_event (project_id, act, at desc);

select public.protect_tenant_table('public.awooop_audit_event', 'select, insert');
select public.make_insert_only('public.awooop_audit_event');

comment on table public.awooop_audit_event is
    'Every act of an operator, an agent or the platform, also those that were refused. The rows of a project and partition are chained by their hashes, in the order of the log. Insert-only.';
comment on column public.awooop_audit_event.project_id is 'Tenant; row-level security';
comment on column public.awooop_audit_event.seq is 'With generation and partition the position of the event in the log';
comment on column public.awooop_audit_event.chain_no is '1, 2, 3 and so on within project, generation and partition';
comment on column public.awooop_audit_event.act is 'The type of the event that the act led to';
comment on column public.awooop_audit_event.outcome is 'done, failed or denied';
comment on column public.awooop_audit_event.data_sha256 is 'Of the event''s data as the log holds it, so that the chain vouches for the log too';
comment on column public.awooop_audit_event.previous_hash is 'The hash of the row before it in the chain; 32 zero bytes for the first';
comment on column public.awooop_audit_event.hash is 'SHA-256 over all other columns, in the form of docs/decisions/0504';
