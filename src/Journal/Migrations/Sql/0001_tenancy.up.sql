-- Who may see what, before the first table is made.
revoke all on schema journal from public;
grant usage on schema journal to awooop_engine, awooop_app, awooop_reader;

grant select on journal.migration to awooop_engine, awooop_app, awooop_reader;

create function journal.visible_projects() returns text[]
    language sql stable parallel safe
    return string_to_array(current_setting('awooop.project_ids', true), ',');

comment on function journal.visible_projects() is
    'The tenants named in awooop.project_ids (comma list, set local). Unset names none. Policies call it in a sub-select, so that it runs once a statement.';

create function journal.visible(project_id text) returns boolean
    language sql stable parallel safe
    return project_id = any (string_to_array(current_setting('awooop.project_ids', true), ','));

comment on function journal.visible(text) is 'True for a tenant named in awooop.project_ids; for definer functions, which must repeat the test.';

grant execute on function journal.visible_projects(), journal.visible(text) to public;

create table journal.untenanted (
    table_name text primary key,
    reason text not null
);

comment on table journal.untenanted is
    'The only tables without row-level security, schema-qualified, each with its reason. Every other table of the platform must have it forced.';

grant select on journal.untenanted to awooop_engine, awooop_app, awooop_reader;

insert into journal.untenanted (table_name, reason) values
    ('journal.migration', 'Which migrations the database has'),
    ('journal.untenanted', 'This list');
