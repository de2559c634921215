create table public.incidents (
    incident_id varchar(64) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    status public.incident_status not null default 'investigating',
    severity public.incident_severity not null,
    signals jsonb not null default '[]',
    affected_services jsonb not null default '[]',
    decision_chain jsonb,
    proposal_ids jsonb not null default '[]',
    outcome jsonb,
    alertname varchar(100),
    notification_type varchar(10),
    alert_category varchar(50),
    frequency_snapshot jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    resolved_at timestamptz,
    closed_at timestamptz,
    ttl_days integer not null default 7,
    vectorized boolean not null default false,
    primary key (project_id, incident_id)
);

create index ix_incident_status on public.incidents (status);
create index ix_incident_severity on public.incidents (severity);
create index ix_incident_created_at on public.incidents (created_at);
create index ix_incident_resolved_at on public.incidents (resolved_at);
-- The tenant's index, in the order of the list that reads it.
create index ix_incidents_project_id on public.incidents (project_id, created_at desc, incident_id desc);

select public.protect_tenant_table('public.incidents', 'select, insert, update');

comment on table public.incidents is 'Permanent incident record, the episodic memory of the platform.';
comment on column public.incidents.incident_id is 'INC-YYYYMMDD-XXXXXX';
comment on column public.incidents.project_id is 'Tenant; row-level security';
comment on column public.incidents.signals is 'Perception: the alert signals, the first and the newest 99';
comment on column public.incidents.affected_services is 'Names of the services affected';
comment on column public.incidents.decision_chain is 'Cognition: what was decided and why, in order';
comment on column public.incidents.proposal_ids is 'Decision: ids of the related approval requests';
comment on column public.incidents.outcome is 'Result and human feedback';
comment on column public.incidents.alertname is 'Alert name, from the labels of the first signal';
comment on column public.incidents.notification_type is 'TYPE-1, 2, 3, 4, 4D, 5S, 6B, 7E or 8M, from triage';
comment on column public.incidents.alert_category is 'Category of the classifier, e.g. kubernetes, database, general';
comment on column public.incidents.frequency_snapshot is 'Frequency of the alert at the moment of creation, kept for ever';
comment on column public.incidents.ttl_days is 'Days that the incident stays in working memory';
comment on column public.incidents.vectorized is 'Whether it is in semantic memory';
