create table public.alert_member (
    project_id varchar(64) collate "C" not null default 'awoooi',
    fingerprint varchar(64) collate "C" not null,
    member_id varchar(16) collate "C" not null,
    alertname varchar(256) not null,
    namespace varchar(256) not null,
    target varchar(256) not null,
    severity public.incident_severity not null,
    alert_category varchar(50) not null,
    notification_type varchar(10) not null,
    labels jsonb not null,
    annotations jsonb not null default '{}',
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    received_at timestamptz not null,
    generator_url text,
    source varchar(50) not null,
    updated_at timestamptz not null default now(),
    primary key (project_id, fingerprint, member_id)
);

-- The active list, in the order it is answered in.
create index ix_alert_member_project_id on public.alert_member (project_id, alertname, member_id) where ended_at is null;

select public.protect_tenant_table('public.alert_member', 'select, insert, update');

comment on table public.alert_member is 'Every label set of every alert as last sent; those that have not ended are the active list.';
comment on column public.alert_member.project_id is 'Tenant; row-level security';
comment on column public.alert_member.fingerprint is 'SHA-256 of the alert''s identity namespace:target:alert_name';
comment on column public.alert_member.member_id is '16 hex digits over the sorted label set: the identity that senders know';
comment on column public.alert_member.ends_at is 'When it ended, or when it is taken as ended unless it is sent again';
comment on column public.alert_member.ended_at is 'Set once it has ended';
comment on column public.alert_member.received_at is 'Durable time of its acceptance';
