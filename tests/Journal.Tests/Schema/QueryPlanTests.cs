using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Reads;
using AwoooP.Journal.Tenants;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Schema;

/// <summary>The hot queries find their rows by an index, on a table large enough for the planner to care, as the role that runs them.</summary>
public sealed class QueryPlanTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Fill =
        """
        insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state)
        select 'alpha', 'thing', 'alpha/' || n, n % 256, 1, 1, '{}' from generate_series(1, 20000) n on conflict do nothing;
        insert into journal.command (project_id, grain_type, grain_key, command_id, generation, partition, seq, expires_at)
        select 'alpha', 'thing', 'alpha/' || n, gen_random_uuid(), 1, n % 256, n, now() from generate_series(1, 5000) n;
        insert into journal.wake (project_id, grain_type, grain_key, name, partition, due_at)
        select 'alpha', 'thing', 'alpha/' || n, 'w', n % 256, now() from generate_series(1, 5000) n on conflict do nothing;
        insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, data)
        select n % 256, 1, 1, n, 1, now(), 'alpha', 'thing', 'alpha/' || n, 'changed', 'platform', '{}' from generate_series(1, 20000) n on conflict do nothing;
        """;

    public async Task InitializeAsync()
    {
        await using (var fill = postgres.Engine.CreateCommand(Fill))
            await fill.ExecuteNonQueryAsync();
        await using var analyze = postgres.Superuser.CreateCommand("analyze journal.grain, journal.command, journal.wake, journal.event");
        await analyze.ExecuteNonQueryAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public Task ReadSnapshots_ByKeys_UsesThePrimaryKey() =>
        UsesAsync(ReadSnapshots.Sql, "grain_pkey", new string[] { "alpha" }, new string[] { "thing" }, new string[] { "alpha/7" });

    [Fact]
    public Task ReadEvents_OfOneAggregate_UsesThePrimaryKey() =>
        UsesAsync(ReadEvents.Sql, "event_", "alpha", "thing", "alpha/7", 0L, 100);

    [Fact]
    public Task FindCommand_ById_UsesThePrimaryKey() =>
        UsesAsync(FindCommand.Sql, "command_pkey", "alpha", "thing", "alpha/7", Guid.CreateVersion7(Commits.Some.At));

    [Fact]
    public Task FindClaims_OfAKind_UsesThePrimaryKey() => UsesAsync(FindClaims.Sql, "claim_pkey", "alpha", "thing");

    [Fact]
    public Task Events_OfAPartitionAfterACursor_UseTheSequence() =>
        UsesAsync(
            $"select {EventRows.Columns} from journal.event e where e.partition = $1 and e.seq > $2 order by e.seq limit 100",
            "partition_seq",
            (short)7,
            19_000L);

    /// <summary>Under the locks of a rebuild, too.</summary>
    [Fact]
    public Task NewerEvents_OfRanges_UseTheSequence() =>
        UsesAsync(NewerEvents.RangesSql, "partition_seq", new short[] { 7, 8 }, new long[] { 19_000, 18_000 }, new long[] { 19_500, 19_500 });

    [Fact]
    public Task Head_OfAPartition_UsesTheSequence() =>
        UsesAsync("select max(seq) from journal.event where partition = $1", "partition_seq", (short)7);

    [Fact]
    public Task Wakes_DueInAPartition_UseTheirIndex() =>
        UsesAsync(
            "select name from journal.wake where partition = $1 and due_at <= $2 order by due_at limit 100",
            "ix_wake_partition_due_at",
            (short)7,
            DateTime.UnixEpoch);

    /// <summary>Each commit and each append asks: by the index, and once for each project.</summary>
    [Fact]
    public async Task RemovedProjects_OfABatch_UseThePrimaryKey()
    {
        await using (var fill = postgres.Owner.CreateCommand("insert into journal.removed_project (id) select 'gone' || n from generate_series(1, 5000) n on conflict do nothing; analyze journal.removed_project"))
            await fill.ExecuteNonQueryAsync();

        await UsesAsync(FindRemovedProjects.Sql, "removed_project_pkey", (object)new string[] { "alpha", "beta" });
    }

    /// <summary>As the owner, whose session plans with indexes only: a batch must not read the log for the rows that it deletes.</summary>
    [Fact]
    public async Task DeleteTenantRows_OfTheLog_UsesThePrimaryKeyTwice()
    {
        await using var owner = await postgres.Owner.OpenConnectionAsync();
        await using (var enter = new NpgsqlCommand(DeleteTenantRows.Session, owner) { Parameters = { new() { Value = "alpha" } } })
            await enter.ExecuteNonQueryAsync();
        var log = (await ReadTenantTables.ExecuteAsync(owner, CancellationToken.None)).Single(static table => table.Name == "journal.event");
        await using var explain = new NpgsqlCommand("explain " + DeleteTenantRows.SqlFor(log), owner)
        {
            Parameters = { new() { Value = "alpha" }, new() { Value = 100 }, new() { Value = "journal.event" } },
        };
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                plan.Add(reader.GetString(0));
        }

        var text = string.Join('\n', plan);
        text.ShouldNotContain($"Seq Scan on {await FilledPartitionAsync()}");
        text.ShouldContain("_pkey");
        text.ShouldNotContain("Hash Join");
    }

    /// <summary>The months ahead are empty, and scanning nothing is fine.</summary>
    private async Task<string> FilledPartitionAsync()
    {
        await using var command = postgres.Engine.CreateCommand("select c.relname from journal.event e join pg_class c on c.oid = e.tableoid limit 1");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task UsesAsync(string sql, string index, params object[] parameters)
    {
        await using var command = postgres.Engine.CreateCommand("explain " + sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));

        var text = string.Join('\n', plan);
        text.ShouldContain(index);
        text.ShouldNotContain("Seq Scan on grain");
        text.ShouldNotContain("Seq Scan on command");
        text.ShouldNotContain($"Seq Scan on {await FilledPartitionAsync()}");
        text.ShouldNotContain("Seq Scan on wake");
    }
}
