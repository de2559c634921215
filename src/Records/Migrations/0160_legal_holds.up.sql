create table public.awooop_legal_hold (
    project_id varchar(64) collate "C" not null default 'awoooi',
    hold_id uuid not null,
    scope varchar(20) not null,
    incident_id varchar(64) collate "C",
    reason text not null,
    placed_by varchar(100) not null,
    placed_at timestamptz not null,
    released_by varchar(100),
    released_at timestamptz,
    release_reason text,
    primary key (project_id, hold_id),
    constraint awooop_legal_hold_scope_valid check (scope in ('project', 'incident')),
    constraint awooop_legal_hold_incident_named check ((scope = 'incident') = (incident_id is not null)),
    constraint awooop_legal_hold_release_whole check ((released_at is null) = (released_by is null))
);

-- The tenant's index, in the order of the list that reads it.
create index ix_awooop_legal_hold_project_id on public.awooop_legal_hold (project_id, placed_at desc, hold_id desc);
-- What is held now: asked before every batch of rows that is removed.
create index ix_awooop_legal_hold_open on public.awooop_legal_hold (project_id) where released_at is null;

select public.protect_tenant_table('public.awooop_legal_hold', 'select, insert, update');

comment on table public.awooop_legal_hold is 'What must not be removed, whatever its term: a whole project, or one incident with its rows. A hold is open while released_at is null.';
comment on column public.awooop_legal_hold.project_id is 'Tenant; row-level security';
comment on column public.awooop_legal_hold.scope is 'project or incident';
comment on column public.awooop_legal_hold.incident_id is 'With scope incident; no foreign key';
comment on column public.awooop_legal_hold.reason is 'Why it was placed';
comment on column public.awooop_legal_hold.release_reason is 'Why it was released';
