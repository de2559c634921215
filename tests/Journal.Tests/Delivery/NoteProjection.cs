using System.Text;
using AwoooP.Journal.Delivery;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Writes each event as a row without a key of its own, so that an event applied twice shows.</summary>
internal sealed class NoteProjection(string name = "notes") : IProjection
{
    public const string TableSql =
        """
        create schema if not exists records;
        grant usage on schema records to awooop_app, awooop_reader;
        create table records.note (
            project_id varchar(64) not null,
            partition smallint not null,
            seq bigint not null,
            grain_key text not null,
            version bigint not null,
            body text not null constraint ck_note_body check (body <> 'bad')
        );
        alter table records.note owner to awooop_owner;
        alter schema records owner to awooop_owner;
        alter table records.note enable row level security;
        alter table records.note force row level security;
        create policy tenant on records.note to awooop_app using (project_id = any ((select journal.visible_projects())::text[]));
        grant select, insert on records.note to awooop_app;
        """;

    private const string Sql =
        """
        insert into note (project_id, partition, seq, grain_key, version, body)
        select * from unnest($1::text[], $2::smallint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[])
        """;

    public string Name => name;

    public IReadOnlyList<string> Tables => ["records.note"];

    public IReadOnlySet<string> EventTypes { get; init; } = new HashSet<string> { "noted" };

    public bool IsChained { get; set; }

    /// <summary>Runs before the rows are written.</summary>
    public Func<IReadOnlyList<RecordedEvent>, NpgsqlConnection, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Runs between the rows and the cursor.</summary>
    public Func<IReadOnlyList<RecordedEvent>, NpgsqlConnection, Task> After { get; set; } = static (_, _) => Task.CompletedTask;

    public async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        await Before(events, connection);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Id.ProjectId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Position.Partition).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Position.Seq).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Id.Key).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Version).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => Encoding.UTF8.GetString(e.Data.Span).Trim('"')).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await After(events, connection);
    }
}
