-- A project that is being taken out stays suspended to the end, and is in no list.
alter table public.awooop_project
    drop constraint awooop_project_status_valid,
    drop constraint awooop_project_suspension_whole,
    add constraint awooop_project_status_valid check (status in ('active', 'suspended', 'removing')),
    add constraint awooop_project_suspension_whole check ((status = 'active') = (suspended_at is null));

comment on column public.awooop_project.status is
    'active; suspended: it can be read and takes no alerts and no commands; removing: it is being taken out, and nobody is shown it';
