using Npgsql;

namespace AwoooP.Records.Tests.Audit;

/// <summary>The look for chains that were removed does not read the log, the snapshots or the trail whole, as awooop_app, on tables of several large tenants.</summary>
public sealed class AuditPlanTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private const string Fill =
        """
        insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state)
        select 'p' || n % 50, 'run', 'p' || n % 50 || '/' || n, n % 256, 1, 1, '{}' from generate_series(1, 40000) n;
        insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, data)
        select n % 256, 1, 1, n, 1, now(), 'p' || n % 50, 'run', 'p' || n % 50 || '/' || n, 'run.cancelled', 'x', '{}' from generate_series(1, 40000) n;
        insert into public.awooop_audit_event (
            project_id, generation, partition, seq, chain_no, at, act, actor, object_type, object_id, object_version, outcome, data_sha256, previous_hash, hash)
        select 'p' || n % 50, 1, n % 256, n, n, now(), 'run.cancelled', 'x', 'run', n::text, 1, 'done', sha256(''), sha256(''), sha256('')
        from generate_series(1, 40000) n where n % 256 > 20;
        insert into journal.cursor (consumer, partition, generation, seq)
        select consumer, n, 1, 40000 from generate_series(0, 255) n, unnest(array['records.audit', 'records.other']) consumer;
        analyze;
        """;

    public async Task InitializeAsync()
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(Fill);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Chainless_OnLargeTables_GoesFromThePartitionsToTheGrainsToTheirEvents()
    {
        var plan = await ExplainAsync();

        plan.ShouldContain("awooop_audit_event_pkey");
        plan.ShouldContain("grain_pkey");
        plan.ShouldContain("(grain_key = g.grain_key)");
        plan.ShouldNotContain("Seq Scan on awooop_audit_event");
        plan.ShouldNotContain("Seq Scan on grain");
        plan.ShouldNotContain($"Seq Scan on {await FilledMonthAsync()}");
    }

    /// <summary>The months ahead are empty, and scanning nothing is fine.</summary>
    private async Task<string> FilledMonthAsync() => (await database.Superuser.QueryAsync(
        "select c.relname::text from journal.event e join pg_class c on c.oid = e.tableoid limit 1", reader => reader.GetString(0))).ShouldHaveSingleItem();

    private async Task<string> ExplainAsync()
    {
        var query = AuditedLog.Chainless("p1");
        await using var connection = await database.App.EnterAsync("p1");
        await using var explain = new NpgsqlCommand("explain " + query.CommandText, connection);
        foreach (NpgsqlParameter parameter in query.Parameters)
            explain.Parameters.Add(parameter.Clone());
        await using var reader = await explain.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));
        return string.Join('\n', plan);
    }
}
