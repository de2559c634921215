using AwoooP.Journal.Delivery;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Parents and their children, tied by a foreign key, under everything that a rebuild has to keep.</summary>
internal sealed class FamilyProjection : IProjection
{
    public const string TableSql =
        """
        create schema records authorization awooop_owner;
        set role awooop_owner;
        grant usage on schema records to awooop_app, awooop_reader;
        create type records.mood as enum ('calm', 'cross');
        create table records.parent (
            project_id varchar(64) collate "C" not null,
            id text not null,
            mood records.mood not null default 'calm',
            notes integer not null default 0 constraint ck_notes check (notes >= 0),
            details json,
            constraint pk_parent primary key (project_id, id)
        ) with (fillfactor = 70);
        create table records.child (
            project_id varchar(64) collate "C" not null,
            id text not null,
            parent text not null,
            at timestamptz not null,
            constraint pk_child primary key (project_id, id),
            constraint fk_child_parent foreign key (project_id, parent) references records.parent (project_id, id) on delete cascade
        );
        create index ix_odd_name on records.child (parent, at desc) where parent <> 'nobody';
        create unique index ux_another on records.parent (project_id, lower(id));
        comment on table records.parent is 'Parents''';
        comment on column records.parent.id is 'Who';
        comment on index records.ix_odd_name is 'By parent';
        comment on constraint fk_child_parent on records.child is 'Whose';
        alter table records.parent enable row level security;
        alter table records.parent force row level security;
        alter table records.child enable row level security;
        alter table records.child force row level security;
        create policy tenant on records.parent
            using (project_id = any ((select journal.visible_projects())::text[]))
            with check (project_id = any ((select journal.visible_projects())::text[]));
        create policy tenant on records.child to awooop_app, awooop_owner
            using (project_id = any ((select journal.visible_projects())::text[]));
        grant select, insert, update on records.parent to awooop_app;
        grant select, insert on records.child to awooop_app;
        grant select (project_id, id) on records.parent to awooop_reader;
        create trigger insert_only before update or delete or truncate on records.child for each statement execute function journal.refuse_change();
        create view records.family with (security_invoker = true) as
            select p.project_id, p.id as parent, count(c.id) as children
            from records.parent p left join records.child c on c.project_id = p.project_id and c.parent = p.id group by 1, 2;
        reset role;
        """;

    /// <summary>All that describes the tables, as text.</summary>
    public const string ShapeSql =
        """
        select coalesce(string_agg(line, E'\n' order by line), '') from (
            select format('column %s.%s %s %s %s', c.table_name, c.column_name, c.data_type, c.column_default,
                    col_description(format('records.%I', c.table_name)::regclass, c.ordinal_position))
                from information_schema.columns c where c.table_schema = 'records'
            union all select indexdef || ' ' || coalesce(obj_description(format('records.%I', indexname)::regclass), '') from pg_indexes where schemaname = 'records'
            union all select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) || coalesce(obj_description(oid, 'pg_constraint'), '')
                from pg_constraint where connamespace = 'records'::regnamespace
            union all select format('policy %s %s %s %s %s %s', tablename, policyname, cmd, roles, qual, with_check) from pg_policies where schemaname = 'records'
            union all select pg_get_triggerdef(oid) from pg_trigger where tgrelid in ('records.parent'::regclass, 'records.child'::regclass) and not tgisinternal
            union all select format('table %s %s %s %s %s %s %s', relname, relkind, relrowsecurity, relforcerowsecurity, reloptions,
                    relowner::regrole, obj_description(oid, 'pg_class'))
                from pg_class where relnamespace = 'records'::regnamespace and relkind in ('r', 'v')
            union all select format('grant %s %s %s', relname, a.grantee::regrole, a.privilege_type)
                from pg_class, aclexplode(relacl) a where relnamespace = 'records'::regnamespace and relkind = 'r' and a.grantee <> relowner
            union all select format('grant %s.%s %s %s', attrelid::regclass, attname, a.grantee::regrole, a.privilege_type)
                from pg_attribute, aclexplode(attacl) a where attrelid in ('records.parent'::regclass, 'records.child'::regclass)
            union all select format('view %s', pg_get_viewdef('records.family'::regclass))
        ) s(line)
        """;

    public string Name => "family";

    public IReadOnlyList<string> Tables => ["records.parent", "records.child"];

    public IReadOnlySet<string> EventTypes { get; } = new HashSet<string> { "parent.noted", "child.born" };

    public async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var parents = events.Where(e => e.Type == "parent.noted").GroupBy(e => e.Id).ToList();
        await using (var command = new NpgsqlCommand(
            """
            insert into parent as p (project_id, id, notes, details)
            select *, '{"a": 1}'::json from unnest($1::text[], $2::text[], $3::integer[])
            on conflict (project_id, id) do update set notes = p.notes + excluded.notes
            """, connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parents.Select(p => p.Key.ProjectId).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = parents.Select(p => p.Key.LocalKey).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = parents.Select(p => p.Count()).ToArray() });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var children = events.Where(e => e.Type == "child.born").ToList();
        await using var insert = new NpgsqlCommand(
            """
            insert into child (project_id, id, parent, at)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
            """, connection);
        insert.Parameters.Add(new NpgsqlParameter { Value = children.Select(c => c.Id.ProjectId).ToArray() });
        insert.Parameters.Add(new NpgsqlParameter { Value = children.Select(c => $"{c.Id.LocalKey}-{c.Version}").ToArray() });
        insert.Parameters.Add(new NpgsqlParameter { Value = children.Select(c => c.Id.LocalKey).ToArray() });
        insert.Parameters.Add(new NpgsqlParameter { Value = children.Select(c => c.At.UtcDateTime).ToArray() });
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}
