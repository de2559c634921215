using AwoooP.Journal;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Records.Reading;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Records.Tests.Tenants;

/// <summary>Three tenants whose events take turns in one partition, projected, audited and signed; and everything that is theirs.</summary>
internal sealed class ThreeTenants(RecordsDatabase database)
{
    public const string First = "first";
    public const string Gone = "gone";
    public const string Third = "third";

    private const string TenantTables =
        """
        select format('%s.%s', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'journal', 'retention')
          and format('%s.%s', n.nspname, c.relname) not in (select table_name from journal.untenanted)
        order by 1
        """;

    /// <summary>A row of the project in each table that no story fills.</summary>
    private const string Rest =
        """
        insert into journal.wake (project_id, grain_type, grain_key, name, partition, due_at) select p, 'thing', p || '/one', 'wake', 7, now() from unnest($1) p;
        insert into journal.claim (project_id, kind, key, grain_type, grain_key) select p, 'kind', 'key', 'thing', p || '/one' from unnest($1) p;
        insert into journal.command (project_id, grain_type, grain_key, command_id, generation, partition, seq, expires_at)
        select p, 'thing', p || '/one', gen_random_uuid(), 1, 7, 1, now() + interval '1 day' from unnest($1) p;
        insert into journal.dead_letter (project_id, consumer, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type)
        select p, 'reaction', 1, 7, n, gen_random_uuid(), 'fault', 'thing', p || '/one', 'thing', p || '/one', 'noted' from unnest($1) with ordinality u (p, n);
        insert into journal.discarded_event (project_id, consumer, generation, partition, seq) select p, 'records.none', 1, 7, n from unnest($1) with ordinality u (p, n);
        insert into journal.intake (slot, partition, seq, items, received_at, project_id, kind, payload) select 0, 7, n, 1, now(), p, 'alerts.v1', 'x' from unnest($1) with ordinality u (p, n);
        insert into journal.intake_rejected (project_id, partition, seq, kind, reason, received_at, payload) select p, 7, 1, 'alerts.v1', 'odd', now(), 'x' from unnest($1) p;
        insert into journal.cursor (consumer, partition, generation, seq) values ('intake:alerts.v1', 7, 1, 3) on conflict do nothing;
        """;

    private static readonly string[] All = [First, Gone, Third];

    public static async Task<ThreeTenants> TellAsync(RecordsDatabase database)
    {
        // In turns, so that the numbers which one of them leaves are missing everywhere.
        IReadOnlyList<IReadOnlyList<RecordedEvent>> stories = [Story.Tell(First).Events, Story.Tell(Gone).Events, Endings.Tell(Third).Events];
        var log = Enumerable.Range(0, stories.Max(static story => story.Count))
            .SelectMany(place => stories.Where(story => place < story.Count).Select(story => story[place]))
            .Select(static (recorded, index) => recorded with { Position = new Position(1, 7, index + 1) })
            .ToList();
        await LogRows.AppendAsync(database.Superuser, log);
        foreach (var batch in log.Chunk(50))
            await Projector.ApplyAsync(database.App, batch);
        foreach (var projection in RecordProjections.All)
            await LogRows.MoveAsync(database.Superuser, projection.Name, log.Count);
        foreach (var project in All)
            await TestSigner.SignAsync(database, project);
        foreach (var statement in Rest.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = database.Superuser.CreateCommand(statement.TrimEnd(';'));
            if (statement.Contains("$1", StringComparison.Ordinal))
                command.Parameters.Add(new() { Value = All });
            await command.ExecuteNonQueryAsync();
        }

        return new ThreeTenants(database);
    }

    /// <summary>How many rows of the project each table has.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string projectId)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await database.Superuser.QueryAsync(TenantTables, static reader => reader.GetString(0)))
            counts[table] = (await database.Superuser.QueryAsync($"select count(*) from {table} where project_id = $1", static reader => reader.GetInt64(0), projectId)).Single();
        return counts;
    }

    /// <summary>Every row of the others, as text.</summary>
    public async Task<IReadOnlyList<string>> RowsOfOthersAsync()
    {
        var rows = new List<string>();
        foreach (var table in await database.Superuser.QueryAsync(TenantTables, static reader => reader.GetString(0)))
        {
            rows.AddRange(await database.Superuser.QueryAsync(
                $"select row_to_json(t)::text from {table} t where project_id <> $1 order by 1", reader => $"{table} {reader.GetString(0)}", Gone));
        }

        return rows;
    }

    /// <summary>How many acts and heads of the project were checked; fails when one of them is not as it was written.</summary>
    public async Task<(long Rows, long Heads)> VerifyAuditAsync(string projectId)
    {
        var verifier = new AuditVerifier(new TenantReader(database.App), new TestSigner());
        var (rows, heads) = (0L, 0L);
        string? from = null;
        do
        {
            var part = await verifier.VerifyAsync(projectId, from, CancellationToken.None);
            part.Fault.ShouldBeNull();
            (rows, heads, from) = (rows + part.Rows, heads + part.Heads, part.Next);
        }
        while (from is not null);
        return (rows, heads);
    }

    public Task<IReadOnlyList<TableDifference>> VerifyReplayAsync() =>
        new ProjectionReplay(database.Owner, RecordProjections.All, RecordProjections.Known, NullLogger<ProjectionReplay>.Instance).VerifyAsync([], CancellationToken.None);
}
