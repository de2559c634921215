-- Snapshots and what is written with them. Every key starts with its tenant.
create table journal.grain (
    project_id varchar(64) collate "C" not null,
    grain_type text collate "C" not null,
    grain_key text collate "C" not null,
    partition smallint not null,
    version bigint not null check (version > 0),
    state_version integer not null,
    state json not null,
    primary key (project_id, grain_type, grain_key),
    constraint ck_grain_tenant check (starts_with(grain_key, project_id || '/'))
) with (fillfactor = 60);

comment on table journal.grain is 'Newest snapshot of every aggregate. json and not jsonb: it is not queried, and a third cheaper to write. The fill factor keeps updates in their page.';

create table journal.wake (
    project_id varchar(64) collate "C" not null,
    grain_type text collate "C" not null,
    grain_key text collate "C" not null,
    name text collate "C" not null,
    partition smallint not null,
    due_at timestamptz not null,
    period interval check (period > interval '0'),
    primary key (project_id, grain_type, grain_key, name),
    constraint ck_wake_tenant check (starts_with(grain_key, project_id || '/'))
) with (fillfactor = 80);

create index ix_wake_partition_due_at on journal.wake (partition, due_at);

comment on table journal.wake is 'Durable wake-ups, set and cleared by the commits of their aggregate; fired at least once.';

create table journal.claim (
    project_id varchar(64) collate "C" not null,
    kind text collate "C" not null,
    key text collate "C" not null,
    grain_type text collate "C" not null,
    grain_key text collate "C" not null,
    primary key (project_id, kind, key),
    constraint ck_claim_tenant check (starts_with(grain_key, project_id || '/'))
);

comment on table journal.claim is 'Names that are unique within a tenant, each held by one aggregate; taken and released inside its commits.';

create table journal.command (
    project_id varchar(64) collate "C" not null,
    grain_type text collate "C" not null,
    grain_key text collate "C" not null,
    command_id uuid not null,
    generation smallint not null,
    partition smallint not null,
    -- Where the last event of the command's commit stands.
    seq bigint not null,
    outcome json,
    expires_at timestamptz not null,
    primary key (project_id, grain_type, grain_key, command_id),
    constraint ck_command_tenant check (starts_with(grain_key, project_id || '/'))
);

create index ix_command_expires_at on journal.command (expires_at);

comment on table journal.command is 'Accepted commands and what they answered first; kept until they expire.';

do $$
declare
    name text;
begin
    foreach name in array array['grain', 'wake', 'claim', 'command'] loop
        execute format('alter table journal.%I enable row level security', name);
        execute format('alter table journal.%I force row level security', name);
        execute format('create policy engine on journal.%I to awooop_engine using (true) with check (true)', name);
        execute format(
            'create policy tenant_read on journal.%I for select to awooop_app, awooop_reader '
            'using (project_id = any ((select journal.visible_projects())::text[]))', name);
        execute format('grant select, insert, update, delete on journal.%I to awooop_engine', name);
        execute format('grant select on journal.%I to awooop_app, awooop_reader', name);
    end loop;
end $$;
