-- Of every tenant, which the policy would hide.
alter table public.awooop_project no force row level security;
update public.awooop_project set status = 'suspended' where status = 'removing';
alter table public.awooop_project force row level security;

alter table public.awooop_project
    drop constraint awooop_project_status_valid,
    drop constraint awooop_project_suspension_whole,
    add constraint awooop_project_status_valid check (status in ('active', 'suspended')),
    add constraint awooop_project_suspension_whole check ((status = 'suspended') = (suspended_at is not null));

comment on column public.awooop_project.status is 'active, or suspended: it can be read and takes no alerts and no commands';
