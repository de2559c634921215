create type public.contract_kind as enum ('agent', 'tool', 'playbook', 'policy', 'channel', 'decision');
create type public.contract_status as enum ('draft', 'published', 'active', 'deprecated', 'retired');

create table public.awooop_contract (
    project_id varchar(64) collate "C" not null default 'awoooi',
    contract_id varchar(80) collate "C" not null,
    kind public.contract_kind not null,
    name varchar(64) not null,
    last_version integer not null,
    draft_version integer,
    published_version integer,
    active_version integer,
    created_by varchar(100) not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (project_id, contract_id)
);

-- The tenant's index, in the order of the list that reads it.
create index ix_awooop_contract_project_id on public.awooop_contract (project_id, created_at desc, contract_id desc);

select public.protect_tenant_table('public.awooop_contract', 'select, insert, update');

comment on table public.awooop_contract is 'Contracts of agents, tools, playbooks, policies, channels and decisions, and which version of each stands where.';
comment on column public.awooop_contract.project_id is 'Tenant; row-level security';
comment on column public.awooop_contract.contract_id is '{kind}/{name}';
comment on column public.awooop_contract.last_version is 'The number of the newest version';
comment on column public.awooop_contract.draft_version is 'The version that may still be changed';
comment on column public.awooop_contract.published_version is 'The newest version that waits for signatures';
comment on column public.awooop_contract.active_version is 'The version in force';

create table public.awooop_contract_version (
    project_id varchar(64) collate "C" not null default 'awoooi',
    contract_id varchar(80) collate "C" not null,
    version integer not null,
    status public.contract_status not null,
    document jsonb not null,
    document_sha256 char(64) collate "C" not null,
    drafted_by varchar(100) not null,
    drafted_at timestamptz not null default now(),
    published_by varchar(100),
    published_at timestamptz,
    key_id varchar(64),
    activated_at timestamptz,
    deprecated_at timestamptz,
    replaced_by integer,
    retired_at timestamptz,
    reason text,
    updated_at timestamptz not null default now(),
    primary key (project_id, contract_id, version)
);

select public.protect_tenant_table('public.awooop_contract_version', 'select, insert, update');

comment on table public.awooop_contract_version is 'Every version of every contract. What it says is never changed once it is published.';
comment on column public.awooop_contract_version.project_id is 'Tenant; row-level security';
comment on column public.awooop_contract_version.document is 'To read; the text that is signed is its canonical form (RFC 8785)';
comment on column public.awooop_contract_version.document_sha256 is 'Over the canonical form, lower-case hex';
comment on column public.awooop_contract_version.key_id is 'The key of the publisher''s seal';
comment on column public.awooop_contract_version.replaced_by is 'The version that took its place';
comment on column public.awooop_contract_version.reason is 'Why it was deprecated or retired';

create table public.awooop_contract_signature (
    id uuid not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    contract_id varchar(80) collate "C" not null,
    version integer not null,
    purpose varchar(20) not null,
    signature_id uuid,
    signer varchar(100) not null,
    document_sha256 char(64) collate "C" not null,
    key_id varchar(64) not null,
    hmac char(64) collate "C" not null,
    signed_at timestamptz not null,
    primary key (project_id, id),
    constraint ux_awooop_contract_signature_signature_id unique (project_id, signature_id),
    constraint chk_contract_signature_purpose check (purpose in ('publish', 'activate')),
    constraint chk_contract_signature_id check ((purpose = 'activate') = (signature_id is not null))
);

create index ix_awooop_contract_signature_contract_id on public.awooop_contract_signature (project_id, contract_id, signed_at desc, id desc);

select public.protect_tenant_table('public.awooop_contract_signature', 'select, insert');
select public.make_insert_only('public.awooop_contract_signature');

comment on table public.awooop_contract_signature is 'Every seal and every signature of every version, those that lapsed too. Insert-only.';
comment on column public.awooop_contract_signature.project_id is 'Tenant; row-level security';
comment on column public.awooop_contract_signature.purpose is 'publish (the seal) or activate (a person''s signature)';
comment on column public.awooop_contract_signature.signature_id is 'Made by the signer for this one act; null for a seal';
comment on column public.awooop_contract_signature.hmac is 'HMAC-SHA-256 over the canonical JSON of the statement, lower-case hex';
