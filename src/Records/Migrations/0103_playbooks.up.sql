create table public.playbooks (
    playbook_id varchar(64) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    name varchar(256) not null,
    description text not null default '',
    status varchar(20) not null default 'draft',
    source varchar(20) not null default 'extracted',
    symptom_pattern jsonb not null default '{}',
    repair_steps jsonb not null default '[]',
    estimated_duration_minutes integer not null default 5,
    source_incident_ids jsonb not null default '[]',
    version integer not null default 1,
    version_label varchar(20) not null default 'v1',
    parent_playbook_id varchar(64) collate "C",
    supersedes_playbook_id varchar(64) collate "C",
    version_reason text,
    ai_confidence double precision not null default 0.0,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    last_used_at timestamptz,
    trust_score double precision not null default 0.3,
    approved_by varchar(100),
    approved_at timestamptz,
    tags jsonb not null default '[]',
    notes text,
    requires_approval_level varchar(20) not null default 'auto',
    stateful_targets jsonb not null default '[]',
    requires_pre_backup boolean not null default false,
    review_required boolean not null default false,
    risk_level public.risk_level not null default 'medium',
    action_pattern varchar(255) not null default '',
    autonomy_level varchar(2) not null default 'L3',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (project_id, playbook_id)
);

create index ix_playbook_status on public.playbooks (status);
create index ix_playbook_trust_score on public.playbooks (trust_score);
create index ix_playbook_created_at on public.playbooks (created_at);
create index ix_playbook_lineage on public.playbooks (parent_playbook_id, version);
create index ix_playbook_review_required on public.playbooks (review_required) where review_required = true;
create index ix_playbooks_parent_playbook_id on public.playbooks (parent_playbook_id);
create index ix_playbooks_supersedes_playbook_id on public.playbooks (supersedes_playbook_id);
-- The tenant's index, in the order of the list that reads it.
create index ix_playbooks_project_id on public.playbooks (project_id, created_at desc, playbook_id desc);

select public.protect_tenant_table('public.playbooks', 'select, insert, update');

comment on table public.playbooks is 'Repair playbooks and what was learned about them.';
comment on column public.playbooks.playbook_id is 'PB-YYYYMMDD-XXXXXX';
comment on column public.playbooks.project_id is 'Tenant; row-level security';
comment on column public.playbooks.status is 'draft, approved, active or archived';
comment on column public.playbooks.source is 'extracted, human, imported or evolved';
comment on column public.playbooks.symptom_pattern is 'Which alerts it is for: {alert_names, labels}';
comment on column public.playbooks.repair_steps is 'The steps in order, each with its kind';
comment on column public.playbooks.version_label is 'What traces name as the version; v{version} unless given';
comment on column public.playbooks.success_count is 'Learning result, never expires';
comment on column public.playbooks.failure_count is 'Learning result, never expires';
comment on column public.playbooks.trust_score is 'Moving average of verified outcomes: success t += 0.1 (1 - t), failure t -= 0.2 t; archived below 0.1';
comment on column public.playbooks.requires_approval_level is 'auto = executes directly, standard = 1 vote, critical = 2 votes';
comment on column public.playbooks.review_required is 'A person shall review it; cleared after the review';
comment on column public.playbooks.risk_level is 'Risk of the action before trust is counted';
comment on column public.playbooks.action_pattern is 'The kind of action that trust is earned for, e.g. restart:{{service}}';
comment on column public.playbooks.autonomy_level is 'L1 observe, L2 suggest, L3 execute after approval';

create table public.trust_records (
    action_pattern varchar(255) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    score integer not null default 0,
    total_approvals integer not null default 0,
    total_rejections integer not null default 0,
    last_approval_by varchar(100),
    last_approval_at timestamptz,
    last_rejection_by varchar(100),
    last_rejection_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (project_id, action_pattern)
);

create index ix_trust_records_score on public.trust_records (score);
create index ix_trust_records_updated on public.trust_records (updated_at);

select public.protect_tenant_table('public.trust_records', 'select, insert, update');

comment on table public.trust_records is 'Trust earned by each kind of action. Score of 5: medium risk counts as low; of 10: high counts as medium.';
comment on column public.trust_records.action_pattern is 'e.g. delete:nginx-frontend-*';
comment on column public.trust_records.project_id is 'Tenant; row-level security';
comment on column public.trust_records.score is '+1 an approval; a rejection sets it to 0';
