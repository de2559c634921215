create table public.timeline_events (
    id varchar(36) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    event_type varchar(20) not null,
    status varchar(20) not null default 'info',
    title varchar(500) not null,
    description text,
    actor varchar(100),
    actor_role varchar(50),
    risk_level varchar(20),
    approval_id varchar(36) collate "C",
    incident_id varchar(64) collate "C",
    details jsonb not null default '{}',
    created_at timestamptz not null default now(),
    primary key (project_id, id)
);

create index ix_timeline_event_type on public.timeline_events (event_type);
create index ix_timeline_created_at on public.timeline_events (created_at);
create index ix_timeline_incident_id on public.timeline_events (incident_id);
create index ix_timeline_events_approval_id on public.timeline_events (approval_id);
-- The tenant's index, in the order of the list that reads it.
create index ix_timeline_events_project_id on public.timeline_events (project_id, created_at desc, id desc);

select public.protect_tenant_table('public.timeline_events', 'select, insert');
select public.make_insert_only('public.timeline_events');

comment on table public.timeline_events is 'What happened, in words for people; one merged story an incident.';
comment on column public.timeline_events.project_id is 'Tenant; row-level security';
comment on column public.timeline_events.event_type is 'system (alert), agent (analysis), security (blocked), human (a person), exec (execution), mcp_call';
comment on column public.timeline_events.status is 'info, success, warning or error';
comment on column public.timeline_events.actor_role is 'operator, agent, worker or platform';
comment on column public.timeline_events.incident_id is 'Related incident; no foreign key';
comment on column public.timeline_events.approval_id is 'Related approval; no foreign key';
comment on column public.timeline_events.details is 'Facts of the event; for mcp_call provider, tool, status, duration_ms, error';

create table public.alert_operation_log (
    id varchar(36) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    incident_id varchar(64) collate "C",
    approval_id varchar(36) collate "C",
    audit_log_id varchar(36) collate "C",
    auto_repair_id varchar(36) collate "C",
    event_type public.alert_event_type not null,
    actor varchar(100),
    action_detail varchar(200),
    success boolean,
    error_message text,
    context jsonb not null default '{}',
    created_at timestamptz not null default now(),
    primary key (project_id, id)
);

create index ix_aol_created_at on public.alert_operation_log (created_at);
create index ix_alert_operation_log_incident_id on public.alert_operation_log (incident_id);
create index ix_alert_operation_log_approval_id on public.alert_operation_log (approval_id);
create index ix_alert_operation_log_event_type on public.alert_operation_log (event_type);
create index ix_alert_operation_log_actor on public.alert_operation_log (actor);

select public.protect_tenant_table('public.alert_operation_log', 'select, insert');
select public.make_insert_only('public.alert_operation_log');

comment on table public.alert_operation_log is 'Provenance of an alert: one row for every event in its life. Insert-only.';
comment on column public.alert_operation_log.project_id is 'Tenant; row-level security';
comment on column public.alert_operation_log.success is 'Null where it does not apply';
comment on column public.alert_operation_log.context is 'Structured context';
comment on column public.alert_operation_log.created_at is 'Never changed';

create table public.timeline_subject (
    project_id varchar(64) collate "C" not null default 'awoooi',
    subject_type varchar(20) collate "C" not null,
    subject_id uuid not null,
    incident_id varchar(64) collate "C",
    approval_id varchar(36) collate "C",
    risk_level varchar(20),
    title varchar(256) not null,
    target varchar(256),
    is_shadow boolean not null default false,
    primary key (project_id, subject_type, subject_id)
);

select public.protect_tenant_table('public.timeline_subject', 'select, insert');

comment on table public.timeline_subject is 'What the first event of a run, an approval or a notification said, so that its later events can be told with it.';
comment on column public.timeline_subject.project_id is 'Tenant; row-level security';
comment on column public.timeline_subject.subject_type is 'run, approval or notification';
comment on column public.timeline_subject.title is 'Name of the playbook, or title of the notification';
comment on column public.timeline_subject.target is 'What is repaired; for a notification its channel and recipient';
comment on column public.timeline_subject.is_shadow is 'Of a run that changes nothing outside';
