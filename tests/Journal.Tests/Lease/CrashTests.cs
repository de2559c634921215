using System.Collections.Concurrent;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Lease;

/// <summary>PostgreSQL ends in the middle of the load: what was acknowledged is there, what was not written is said so, and work goes on by itself.</summary>
public sealed class CrashTests
{
    private const int Writers = 32;

    [Fact]
    public async Task Server_CrashedUnderLoad_KeepsEveryAcknowledgedCommitAndComesBack()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints);
        var ledger = new ConcurrentBag<Entry>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(host.Journal, writer, ledger, stop.Token))).ToList();

        await Eventually.BecomesTrueAsync(() => ledger.Count > 500, "the load runs");
        await server.Server.CrashAsync(default);
        await Eventually.BecomesTrueAsync(() => !host.Health.IsReady, "readiness went");
        await server.Server.StartAsync(default);
        await Eventually.BecomesTrueAsync(() => host.Health.IsReady, "readiness came back");
        var resumedAt = ledger.Count(entry => entry.Status == CommitStatus.Committed);
        await Eventually.BecomesTrueAsync(() => ledger.Count(entry => entry.Status == CommitStatus.Committed) > resumedAt + 500, "the load goes on");
        await stop.CancelAsync();
        await Task.WhenAll(load);

        ledger.ShouldContain(entry => entry.Status == CommitStatus.Unavailable || entry.Status == CommitStatus.Unknown);
        await CheckAsync(server, ledger);
    }

    private static async Task WriteAsync(IJournal journal, int writer, ConcurrentBag<Entry> ledger, CancellationToken stop)
    {
        var id = Some.Id($"crash-{writer}");
        long version = 0;
        while (!stop.IsCancellationRequested)
        {
            var command = Guid.CreateVersion7(Some.At);
            var outcome = await journal.CommitAsync(Some.Commit(id, version) with { CommandId = command }, CancellationToken.None);
            ledger.Add(new Entry(id, command, outcome.Status, outcome.Position));
            if (outcome.Status == CommitStatus.Committed)
            {
                version++;
                continue;
            }

            // As a grain does: drop what is in memory and load it again, as soon as the journal can be read.
            await Eventually.BecomesTrueAsync(
                async () =>
                {
                    try
                    {
                        version = (await journal.ReadAsync(id, CancellationToken.None))?.Version ?? 0;
                        return true;
                    }
                    catch (JournalUnavailableException)
                    {
                        return stop.IsCancellationRequested;
                    }
                },
                "the aggregate can be loaded");
        }
    }

    private static async Task CheckAsync(DurableServer server, IReadOnlyCollection<Entry> ledger)
    {
        await using var engine = NpgsqlDataSource.Create(server.Endpoints.Engine);
        var logged = new Dictionary<Guid, Position>();
        await using (var command = engine.CreateCommand("select command_id, generation, partition, seq from journal.event"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                logged.Add(reader.GetGuid(0), new Position(reader.GetInt16(1), reader.GetInt16(2), reader.GetInt64(3)));
        }

        foreach (var entry in ledger)
        {
            var written = logged.TryGetValue(entry.Command, out var position);
            if (entry.Status == CommitStatus.Committed)
                (written && position == entry.Position).ShouldBeTrue($"{entry} was acknowledged");
            else if (entry.Status != CommitStatus.Unknown)
                written.ShouldBeFalse($"{entry} was said not to be written");
        }

        (await CountAsync(engine, Some.CountOfGaps)).ShouldBe(0);
        (await CountAsync(engine,
            """
            select count(*) from journal.grain g
            where g.version <> (select count(*) from journal.event e where e.grain_key = g.grain_key)
               or g.version <> (select max(e.version) from journal.event e where e.grain_key = g.grain_key)
            """)).ShouldBe(0);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource engine, string sql)
    {
        await using var command = engine.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Entry(AggregateId Id, Guid Command, CommitStatus Status, Position Position);
}
