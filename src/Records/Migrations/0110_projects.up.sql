create table public.awooop_project (
    project_id varchar(64) collate "C" not null default 'awoooi',
    name varchar(100) not null,
    status varchar(20) not null default 'active',
    suspended_by varchar(100),
    suspended_reason text,
    suspended_at timestamptz,
    created_by varchar(100) not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (project_id),
    constraint awooop_project_status_valid check (status in ('active', 'suspended')),
    constraint awooop_project_suspension_whole check ((status = 'suspended') = (suspended_at is not null))
);

select public.protect_tenant_table('public.awooop_project', 'select, insert, update');

comment on table public.awooop_project is 'The projects, each of which is a tenant.';
comment on column public.awooop_project.project_id is 'Tenant; row-level security';
comment on column public.awooop_project.status is 'active, or suspended: it can be read and takes no alerts and no commands';
comment on column public.awooop_project.updated_at is 'When it was made, configured, suspended or resumed last';

create table public.awooop_quota (
    project_id varchar(64) collate "C" not null default 'awoooi',
    name varchar(64) collate "C" not null,
    bound integer,
    updated_at timestamptz not null default now(),
    primary key (project_id, name)
);

select public.protect_tenant_table('public.awooop_quota', 'select, insert, update');

comment on table public.awooop_quota is 'The bounds of what a project may use: one row a project and known quota.';
comment on column public.awooop_quota.project_id is 'Tenant; row-level security';
comment on column public.awooop_quota.name is 'alerts_per_minute, requests_per_minute or event_streams, each counted by every front for itself';
comment on column public.awooop_quota.bound is 'Null does not bind';
comment on column public.awooop_quota.updated_at is 'When the project was configured last';

create table public.awooop_feature_flag (
    project_id varchar(64) collate "C" not null default 'awoooi',
    name varchar(64) collate "C" not null,
    enabled boolean not null default false,
    updated_at timestamptz not null default now(),
    primary key (project_id, name)
);

select public.protect_tenant_table('public.awooop_feature_flag', 'select, insert, update');

comment on table public.awooop_feature_flag is 'The switches of a project: one row a project and known flag.';
comment on column public.awooop_feature_flag.project_id is 'Tenant; row-level security';
comment on column public.awooop_feature_flag.name is 'suggest_mode: plans are proposed and never executed; mute_notifications: nobody is told';
comment on column public.awooop_feature_flag.updated_at is 'When the project was configured last';
