create table public.run_state (
    run_id uuid not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    agent_id varchar(128) not null,
    kind varchar(50) not null,
    state public.run_status not null default 'pending',
    priority integer not null default 0,
    attempt integer not null default 1,
    max_attempts integer not null default 3,
    lease_owner varchar(200),
    lease_until timestamptz,
    heartbeat_at timestamptz,
    trace_id varchar(32),
    parent_run_id uuid,
    idempotency_key varchar(255),
    is_shadow boolean not null default false,
    incident_id varchar(64) collate "C",
    approval_id varchar(36) collate "C",
    playbook_id varchar(64) collate "C",
    input jsonb not null default '{}',
    outcome jsonb,
    error_code varchar(50),
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    updated_at timestamptz not null default now(),
    primary key (project_id, run_id)
);

create index ix_run_state_state on public.run_state (state);
create index ix_run_state_incident_id on public.run_state (incident_id);
-- The tenant's index, in the order of the list that reads it.
create index ix_run_state_project_id on public.run_state (project_id, created_at desc, run_id desc);

select public.protect_tenant_table('public.run_state', 'select, insert, update');

comment on table public.run_state is 'Runs as their grains last said; never what a worker decides on.';
comment on column public.run_state.project_id is 'Tenant; row-level security';
comment on column public.run_state.attempt is 'Grows only when a lease is lost';
comment on column public.run_state.trace_id is 'W3C trace id, 32 lower-case hex digits';
comment on column public.run_state.is_shadow is 'Tools run in dry-run or read-only form only; nothing outside changes';
comment on column public.run_state.input is 'The repair plan, redacted';
comment on column public.run_state.outcome is 'verified, rolled_back, message, reason, duration_ms';

create table public.step_journal (
    run_id uuid not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    step_no integer not null,
    attempt integer not null,
    phase varchar(10) not null default 'forward',
    kind varchar(20) not null,
    name varchar(200) not null,
    input jsonb not null default '{}',
    output text,
    status varchar(20) not null,
    error_code varchar(50),
    tool_call_id uuid,
    started_at timestamptz not null,
    finished_at timestamptz,
    duration_ms bigint,
    primary key (project_id, run_id, step_no, attempt, phase),
    constraint ck_step_journal_phase check (phase in ('forward', 'rollback')),
    constraint ck_step_journal_status check (status in ('started', 'succeeded', 'failed', 'timed_out', 'interrupted'))
);

select public.protect_tenant_table('public.step_journal', 'select, insert, update');

comment on table public.step_journal is 'Every step of every attempt of a run. The intent is there before the effect.';
comment on column public.step_journal.project_id is 'Tenant; row-level security';
comment on column public.step_journal.step_no is 'From 1; a rollback step has the number of the step that it undoes';
comment on column public.step_journal.input is 'The step as it was executed, redacted';
comment on column public.step_journal.output is 'What it answered, redacted and cut';
comment on column public.step_journal.status is 'interrupted: the worker was lost in the middle, whether the effect happened is not known';

create table public.audit_logs (
    id varchar(36) collate "C" not null,
    approval_id varchar(36) collate "C" not null,
    operation_type varchar(50) not null,
    target_resource varchar(200) not null,
    namespace varchar(63) not null default 'default',
    project_id varchar(64) collate "C" not null default 'awoooi',
    success boolean not null default false,
    error_message text,
    k8s_response jsonb,
    executed_by varchar(100) not null,
    execution_duration_ms integer,
    dry_run_passed boolean not null default true,
    dry_run_message text,
    authorization_channel varchar(20),
    retry_count integer not null default 0,
    failure_classification varchar(50),
    source_approval_id varchar(36) collate "C",
    auto_repair_attempted boolean not null default false,
    auto_repair_result text,
    created_at timestamptz not null default now(),
    primary key (project_id, id)
);

create index ix_audit_approval_id on public.audit_logs (approval_id);
create index ix_audit_operation_type on public.audit_logs (operation_type);
create index ix_audit_success on public.audit_logs (success);
create index ix_audit_created_at on public.audit_logs (created_at);
create index ix_audit_authorization_channel on public.audit_logs (authorization_channel);
create index ix_audit_failure_classification on public.audit_logs (failure_classification);
create index ix_audit_logs_source_approval_id on public.audit_logs (source_approval_id);
-- The tenant's index, in the order of the list that reads it.
create index ix_audit_logs_project_id on public.audit_logs (project_id, created_at desc, id desc);

select public.protect_tenant_table('public.audit_logs', 'select, insert');
select public.make_insert_only('public.audit_logs');

comment on table public.audit_logs is 'One row after each operation that a run executed on its target.';
comment on column public.audit_logs.approval_id is 'The approval that the run was executed under; no foreign key';
comment on column public.audit_logs.operation_type is 'e.g. RESTART, ROLLBACK_RESTART: the verb of the action pattern';
comment on column public.audit_logs.target_resource is 'e.g. deployment/api-backend';
comment on column public.audit_logs.project_id is 'Tenant; row-level security';
comment on column public.audit_logs.k8s_response is 'Raw answer of the Kubernetes API, where one was asked';
comment on column public.audit_logs.executed_by is 'Who triggered the execution';
comment on column public.audit_logs.execution_duration_ms is 'Milliseconds';
comment on column public.audit_logs.dry_run_passed is 'Validation before execution';
comment on column public.audit_logs.authorization_channel is 'web, telegram or auto';
comment on column public.audit_logs.retry_count is 'Attempts of the run before this one';
comment on column public.audit_logs.failure_classification is 'TIMEOUT, K8S_ERROR, NETWORK_ERROR or PERMISSION_DENIED';
comment on column public.audit_logs.source_approval_id is 'The original approval if this is a repair attempt';
comment on column public.audit_logs.auto_repair_result is 'Analysis and repair outcome';

create table public.auto_repair_executions (
    id varchar(36) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    incident_id varchar(64) collate "C" not null,
    playbook_id varchar(64) collate "C" not null,
    playbook_name varchar(256) not null,
    success boolean not null default false,
    executed_steps jsonb not null default '[]',
    error_message text,
    triggered_by varchar(50) not null default 'auto_repair',
    similarity_score double precision,
    risk_level varchar(20),
    execution_time_ms integer,
    created_at timestamptz not null default now(),
    primary key (project_id, id)
);

create index ix_are_created_at on public.auto_repair_executions (created_at);
create index ix_are_success on public.auto_repair_executions (success);
create index ix_auto_repair_executions_incident_id on public.auto_repair_executions (incident_id);
create index ix_auto_repair_executions_playbook_id on public.auto_repair_executions (playbook_id);

select public.protect_tenant_table('public.auto_repair_executions', 'select, insert');
select public.make_insert_only('public.auto_repair_executions');

comment on table public.auto_repair_executions is 'One row for every repair that was triggered and executed, successful or not; shadow runs are not repairs.';
comment on column public.auto_repair_executions.project_id is 'Tenant; row-level security';
comment on column public.auto_repair_executions.success is 'The run completed and its verification passed';
comment on column public.auto_repair_executions.executed_steps is 'Array of {step_no, attempt, phase, kind, name, status, error_code, duration_ms}';
comment on column public.auto_repair_executions.triggered_by is 'auto_repair or cold_start_trust';
comment on column public.auto_repair_executions.execution_time_ms is 'From the first claim to the end';

create table public.remediation_events (
    event_id bigint not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    run_id uuid not null,
    incident_id text,
    approval_id text,
    remediation_type text not null,
    action_name text,
    target_resource text,
    namespace text,
    dry_run boolean not null default false,
    status text not null,
    error_message text,
    blast_radius_score integer,
    duration_ms integer,
    executed_by text,
    triggered_by_op_id uuid,
    created_at timestamptz not null default now(),
    completed_at timestamptz,
    metadata jsonb not null default '{}',
    primary key (project_id, event_id),
    constraint ux_remediation_events_run_id unique (project_id, run_id),
    constraint remediation_type_valid check (remediation_type in ('declarative', 'imperative', 'gitops_pr', 'kubectl', 'ansible', 'helm', 'argocd_sync')),
    constraint remediation_status_valid check (status in ('pending', 'success', 'failed', 'rolled_back', 'dry_run_ok', 'dry_run_failed'))
);

create index idx_remediation_events_time on public.remediation_events (created_at desc);
create index idx_remediation_events_type on public.remediation_events (remediation_type);
create index idx_remediation_events_incident on public.remediation_events (incident_id) where incident_id is not null;

select public.protect_tenant_table('public.remediation_events', 'select, insert, update');

comment on table public.remediation_events is 'Executions of repairs, for the share of declarative repair (KPI 6).';
comment on column public.remediation_events.event_id is 'From the position of the event that created the run: seq * 65536 + partition';
comment on column public.remediation_events.project_id is 'Tenant; row-level security';
comment on column public.remediation_events.run_id is 'The run that executes it';
comment on column public.remediation_events.remediation_type is 'declarative, imperative, gitops_pr or kubectl; also ansible, helm, argocd_sync';
comment on column public.remediation_events.status is 'pending, success, failed or rolled_back; dry_run_ok, dry_run_failed for shadow runs';
comment on column public.remediation_events.target_resource is 'e.g. deployment/api';
comment on column public.remediation_events.executed_by is 'ai_agent, human:{name} or cron';
comment on column public.remediation_events.triggered_by_op_id is 'automation_operation_log.op_id; no foreign key';
