create table public.budget_ledger (
    id uuid not null default gen_random_uuid(),
    project_id varchar(64) collate "C" not null default 'awoooi',
    agent_id varchar(128) collate "C",
    run_id uuid,
    incident_id varchar(64) collate "C",
    model varchar(64) collate "C",
    provider varchar(32),
    prompt_tokens integer,
    completion_tokens integer,
    cost_usd numeric(10,4) not null default 0.0000,
    recorded_at timestamptz not null default now(),
    primary key (project_id, id)
);

-- The tenant's index, too: sums and the list go by time, and rows of one moment are few enough to be sorted by id.
create index idx_budget_ledger_project_date on public.budget_ledger (project_id, recorded_at);
create index ix_budget_ledger_run_id on public.budget_ledger (project_id, run_id) where run_id is not null;
create index ix_budget_ledger_incident_id on public.budget_ledger (project_id, incident_id) where incident_id is not null;

select public.protect_tenant_table('public.budget_ledger', 'select, insert');
select public.make_insert_only('public.budget_ledger');

comment on table public.budget_ledger is 'What projects were charged for calls of models. The rows of a project add up to what its account was charged. Insert-only.';
comment on column public.budget_ledger.project_id is 'Tenant; row-level security';
comment on column public.budget_ledger.run_id is 'The run that called; no foreign key';
comment on column public.budget_ledger.incident_id is 'The incident that it was called for; no foreign key';
comment on column public.budget_ledger.prompt_tokens is 'Null for a call that was charged as estimated, as nobody had said what it cost';
comment on column public.budget_ledger.cost_usd is 'Of a call that is settled after it was charged as estimated: the difference, which may be below 0';
