create type public.operator_role as enum ('viewer', 'operator', 'approver', 'admin');

create table public.awooop_operator (
    operator_id varchar(100) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'operators',
    first_issued_at timestamptz not null,
    last_issued_at timestamptz not null,
    primary key (project_id, operator_id)
);

create index ix_awooop_operator_project_id on public.awooop_operator (project_id, first_issued_at desc, operator_id desc);

select public.protect_tenant_table('public.awooop_operator', 'select, insert, update');

comment on table public.awooop_operator is 'Operators who were ever given a key. Those known by an identity provider alone are that provider''s.';
comment on column public.awooop_operator.project_id is 'Always operators, the reserved project; row-level security';
comment on column public.awooop_operator.first_issued_at is 'When the first key was issued to the operator';
comment on column public.awooop_operator.last_issued_at is 'When the last one was';

create table public.awooop_operator_key (
    key_id varchar(64) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'operators',
    operator_id varchar(100) collate "C" not null,
    default_project varchar(64) collate "C" not null,
    scope varchar(20),
    issued_at timestamptz not null,
    issued_by varchar(100) not null,
    expires_at timestamptz,
    rotated_at timestamptz,
    previous_until timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    revoked_by varchar(100),
    revoked_reason text,
    primary key (project_id, key_id)
);

create index ix_awooop_operator_key_project_id on public.awooop_operator_key (project_id, issued_at desc, key_id desc);
create index ix_awooop_operator_key_operator_id on public.awooop_operator_key (project_id, operator_id, issued_at desc, key_id desc);

select public.protect_tenant_table('public.awooop_operator_key', 'select, insert, update');

comment on table public.awooop_operator_key is 'Keys of operators, without anything that a secret could be told by.';
comment on column public.awooop_operator_key.project_id is 'Always operators, the reserved project; row-level security';
comment on column public.awooop_operator_key.key_id is 'The public part of the key';
comment on column public.awooop_operator_key.default_project is 'The project that is meant when a request names none';
comment on column public.awooop_operator_key.scope is 'intake: what senders of alerts call alone; null: all that the roles allow';
comment on column public.awooop_operator_key.previous_until is 'After a rotation: how long the secret before is good beside the new one';
comment on column public.awooop_operator_key.last_used_at is 'Written once an hour at most';

create table public.awooop_role_binding (
    key_id varchar(64) collate "C" not null,
    project_id varchar(64) collate "C" not null default 'operators',
    operator_id varchar(100) collate "C" not null,
    bound_project varchar(64) collate "C" not null,
    role public.operator_role not null,
    bound_at timestamptz not null,
    primary key (project_id, key_id, bound_project)
);

create index ix_awooop_role_binding_operator_id on public.awooop_role_binding (project_id, operator_id, bound_project);

select public.protect_tenant_table('public.awooop_role_binding', 'select, insert');

comment on table public.awooop_role_binding is 'Which role each key has in which project. It never changes: another role needs another key.';
comment on column public.awooop_role_binding.project_id is 'Always operators, the reserved project; row-level security';
comment on column public.awooop_role_binding.bound_project is 'The project that the role is in; * stands for every project';
