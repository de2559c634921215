create table public.awooop_agent (
    project_id varchar(64) collate "C" not null default 'awoooi',
    agent_id varchar(64) collate "C" not null,
    contract_id varchar(80) collate "C" not null,
    contract_version integer not null,
    status varchar(20) not null,
    description text not null,
    purpose varchar(64) not null,
    autonomy varchar(2) not null,
    models jsonb not null default '[]',
    tools jsonb not null default '[]',
    limits jsonb not null default '{}',
    created_at timestamptz not null default now(),
    activated_at timestamptz not null,
    ended_at timestamptz,
    primary key (project_id, agent_id),
    constraint awooop_agent_status_valid check (status in ('active', 'inactive')),
    constraint awooop_agent_end_whole check ((status = 'inactive') = (ended_at is not null))
);

create table public.awooop_policy (
    project_id varchar(64) collate "C" not null default 'awoooi',
    policy_id varchar(64) collate "C" not null,
    contract_id varchar(80) collate "C" not null,
    contract_version integer not null,
    status varchar(20) not null,
    description text not null,
    rules jsonb not null default '[]',
    created_at timestamptz not null default now(),
    activated_at timestamptz not null,
    ended_at timestamptz,
    primary key (project_id, policy_id),
    constraint awooop_policy_status_valid check (status in ('active', 'inactive')),
    constraint awooop_policy_end_whole check ((status = 'inactive') = (ended_at is not null))
);

-- The projection that fills these has passed the events of contracts that are in force already. Their versions are read here; row-level security binds
-- the owner too, but for as long as this migration has taken its force away.
alter table public.awooop_contract_version no force row level security;

insert into public.awooop_agent (
    project_id, agent_id, contract_id, contract_version, status, description, purpose, autonomy, models, tools, limits, created_at, activated_at, ended_at)
select distinct on (project_id, contract_id)
       project_id, split_part(contract_id, '/', 2), contract_id, version, case status when 'active' then 'active' else 'inactive' end,
       coalesce(document ->> 'description', ''), coalesce(left(document ->> 'purpose', 64), ''), coalesce(left(document ->> 'autonomy', 2), ''),
       coalesce(document -> 'models', '[]'), coalesce(document -> 'tools', '[]'), coalesce(document -> 'limits', '{}'),
       min(activated_at) over (partition by project_id, contract_id), activated_at, case when status <> 'active' then deprecated_at end
from public.awooop_contract_version
where contract_id like 'agent/%' and activated_at is not null
order by project_id, contract_id, activated_at desc, version desc;

insert into public.awooop_policy (
    project_id, policy_id, contract_id, contract_version, status, description, rules, created_at, activated_at, ended_at)
select distinct on (project_id, contract_id)
       project_id, split_part(contract_id, '/', 2), contract_id, version, case status when 'active' then 'active' else 'inactive' end,
       coalesce(document ->> 'description', ''), coalesce(document -> 'rules', '[]'),
       min(activated_at) over (partition by project_id, contract_id), activated_at, case when status <> 'active' then deprecated_at end
from public.awooop_contract_version
where contract_id like 'policy/%' and activated_at is not null
order by project_id, contract_id, activated_at desc, version desc;

alter table public.awooop_contract_version force row level security;

-- The tenant's indexes, in the order of the lists that read them.
create index ix_awooop_agent_project_id on public.awooop_agent (project_id, created_at desc, agent_id desc);
create index ix_awooop_policy_project_id on public.awooop_policy (project_id, created_at desc, policy_id desc);

select public.protect_tenant_table('public.awooop_agent', 'select, insert, update');
select public.protect_tenant_table('public.awooop_policy', 'select, insert, update');

comment on table public.awooop_agent is 'Agents, each known by the contract of its kind that is in force, or that was last.';
comment on column public.awooop_agent.project_id is 'Tenant; row-level security';
comment on column public.awooop_agent.agent_id is 'The name of the contract';
comment on column public.awooop_agent.contract_version is 'The version in force; of an inactive agent the one that was last';
comment on column public.awooop_agent.status is 'active: a version of its contract is in force; inactive: none is';
comment on column public.awooop_agent.purpose is 'What the version says, like autonomy, models, tools and limits';
comment on column public.awooop_agent.created_at is 'When a version of the contract was put in force first';
comment on column public.awooop_agent.activated_at is 'When this version was put in force';
comment on column public.awooop_agent.ended_at is 'When the last version was taken out of force';

comment on table public.awooop_policy is 'Policies, each known by the contract of its kind that is in force, or that was last.';
comment on column public.awooop_policy.project_id is 'Tenant; row-level security';
comment on column public.awooop_policy.policy_id is 'The name of the contract';
comment on column public.awooop_policy.contract_version is 'The version in force; of an inactive policy the one that was last';
comment on column public.awooop_policy.status is 'active: a version of its contract is in force; inactive: none is';
comment on column public.awooop_policy.rules is 'What the version says, in its order';
comment on column public.awooop_policy.created_at is 'When a version of the contract was put in force first';
comment on column public.awooop_policy.activated_at is 'When this version was put in force';
comment on column public.awooop_policy.ended_at is 'When the last version was taken out of force';
