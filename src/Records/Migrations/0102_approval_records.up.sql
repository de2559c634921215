create table public.approval_records (
    id varchar(36) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    action varchar(500) not null,
    description text not null,
    status public.approval_status not null default 'pending',
    risk_level public.risk_level not null,
    required_signatures integer not null default 1,
    current_signatures integer not null default 0,
    signatures jsonb not null default '[]',
    blast_radius jsonb not null default '{}',
    dry_run_checks jsonb not null default '[]',
    requested_by varchar(100) not null,
    rejection_reason text,
    extra_metadata jsonb,
    fingerprint varchar(64) collate "C",
    hit_count integer not null default 1,
    last_seen_at timestamptz not null default now(),
    approval_level varchar(20) not null default 'standard',
    approval_votes jsonb not null default '[]',
    required_votes integer not null default 1,
    incident_id varchar(64) collate "C",
    telegram_message_id integer,
    telegram_chat_id bigint,
    matched_playbook_id varchar(64) collate "C",
    composite_score double precision,
    complexity_tier varchar(16),
    decision_fusion_details jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    expires_at timestamptz,
    resolved_at timestamptz,
    primary key (project_id, id),
    constraint chk_complexity_tier check (complexity_tier in ('low', 'medium', 'high', 'critical'))
);

create index ix_approval_status on public.approval_records (status);
create index ix_approval_risk_level on public.approval_records (risk_level);
create index ix_approval_created_at on public.approval_records (created_at);
create index ix_approval_requested_by on public.approval_records (requested_by);
create index ix_approval_fingerprint on public.approval_records (fingerprint);
create index ix_approval_matched_playbook on public.approval_records (matched_playbook_id) where matched_playbook_id is not null;
create index ix_approval_composite_score on public.approval_records (composite_score) where composite_score is not null;
create index ix_approval_complexity_tier on public.approval_records (complexity_tier) where complexity_tier is not null;
create index ix_approval_records_incident_id on public.approval_records (incident_id);
-- The tenant's index, in the order of the list that reads it.
create index ix_approval_records_project_id on public.approval_records (project_id, created_at desc, id desc);

select public.protect_tenant_table('public.approval_records', 'select, insert, update');

comment on table public.approval_records is 'Requests for signatures and what became of them.';
comment on column public.approval_records.project_id is 'Tenant; row-level security';
comment on column public.approval_records.action is 'The action pattern that trust is earned for';
comment on column public.approval_records.risk_level is 'Effective risk: after trust was counted';
comment on column public.approval_records.required_signatures is 'Mirrors required_votes, which decides';
comment on column public.approval_records.current_signatures is 'Votes in favour so far; mirrors approval_votes';
comment on column public.approval_records.signatures is 'Array of {signer, signed_at, method, token_jti}; mirrors the votes in favour';
comment on column public.approval_records.blast_radius is 'What the plan touches: {namespace, target, steps}';
comment on column public.approval_records.dry_run_checks is 'Array of objects, one a check';
comment on column public.approval_records.extra_metadata is 'run_id, plan_sha256, playbook_version, risk before trust, autonomy, escalated_at, run outcome';
comment on column public.approval_records.fingerprint is 'SHA-256 of the alert''s identity namespace:deployment:alert_name';
comment on column public.approval_records.hit_count is 'How often alerts of this fingerprint had fired when it was asked';
comment on column public.approval_records.last_seen_at is 'When this alert pattern was last seen as far as this request knows';
comment on column public.approval_records.approval_level is 'standard = 1 vote, critical = 2 votes of distinct people';
comment on column public.approval_records.approval_votes is 'Array of {user_id, voted_at, action, method, comment}';
comment on column public.approval_records.required_votes is 'standard = 1, critical = 2';
comment on column public.approval_records.incident_id is 'INC-YYYYMMDD-XXXXXX; no foreign key';
comment on column public.approval_records.telegram_message_id is 'Message id of the approval card sent to the operator';
comment on column public.approval_records.telegram_chat_id is 'Chat of the approval card; group ids are negative';
comment on column public.approval_records.matched_playbook_id is 'The playbook whose trust the outcome moves';
comment on column public.approval_records.composite_score is 'Decision fusion, 0.0 to 1.0; null when fusion did not run';
comment on column public.approval_records.decision_fusion_details is 'openclaw_score, hermes_score, playbook_score, mcp_health_score, elephant_score';
comment on column public.approval_records.resolved_at is 'When it stopped being pending';
