create table public.awooop_audit_head (
    project_id varchar(64) collate "C" not null default 'awoooi',
    generation smallint not null,
    partition smallint not null,
    seq bigint not null,
    chain_no bigint not null,
    hash bytea not null check (octet_length(hash) = 32),
    signed_at timestamptz not null,
    key_id text collate "C" not null,
    signature bytea not null check (octet_length(signature) = 32),
    primary key (project_id, generation, partition, seq)
);

-- The tenant's index, in the order of the list that reads it.
create index ix_awooop_audit_head_project_id on public.awooop_audit_head (project_id, signed_at desc, generation desc, partition desc, seq desc);

select public.protect_tenant_table('public.awooop_audit_head', 'select, insert');
select public.make_insert_only('public.awooop_audit_head');

comment on table public.awooop_audit_head is
    'The last row of an audit chain as it was at a time, signed with a key that the database does not have. Not a projection: a rebuild of the chains must lead to the same heads. Insert-only.';
comment on column public.awooop_audit_head.project_id is 'Tenant; row-level security';
comment on column public.awooop_audit_head.seq is 'With generation and partition the position of the row in awooop_audit_event';
comment on column public.awooop_audit_head.hash is 'The hash of that row';
comment on column public.awooop_audit_head.signature is 'HMAC-SHA-256 over all other columns, in the form of docs/decisions/0504';
