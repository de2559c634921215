using System.Collections.Concurrent;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>What writers were told of their commits, against what the log holds.</summary>
internal sealed class CommitLedger
{
    private readonly ConcurrentBag<Entry> _entries = [];
    private int _committed;

    public int Count => _entries.Count;

    public int Committed => Volatile.Read(ref _committed);

    public bool Has(CommitStatus status) => _entries.Any(entry => entry.Status == status);

    /// <summary>Changes one aggregate as a grain does, one commit after the other, and loads it again after each that did not succeed.</summary>
    /// <param name="journalOf">Where to write it now; null while nobody may.</param>
    public async Task WriteAsync(AggregateId id, Func<short, IJournal?> journalOf, CancellationToken stop)
    {
        var partition = PartitionMap.Of(id);
        long version = 0;
        while (!stop.IsCancellationRequested)
        {
            IJournal? journal = null;
            await Eventually.BecomesTrueAsync(() => stop.IsCancellationRequested || (journal = journalOf(partition)) is not null, "somebody owns the partition");
            if (journal is null)
                return;

            var command = Guid.CreateVersion7(Some.At);
            var outcome = await journal.CommitAsync(Some.Commit(id, version) with { CommandId = command }, CancellationToken.None);
            _entries.Add(new Entry(id, command, outcome.Status, outcome.Position));
            if (outcome.Status == CommitStatus.Committed)
            {
                version++;
                Interlocked.Increment(ref _committed);
                continue;
            }

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

    /// <summary>Nothing acknowledged is lost, nothing is there twice, nothing that was said not to be there is, and no number is missing.</summary>
    public async Task CheckAsync(string database)
    {
        await using var engine = NpgsqlDataSource.Create(database);
        var logged = new Dictionary<Guid, Position>();
        await using (var command = engine.CreateCommand("select command_id, generation, partition, seq from journal.event"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                logged.Add(reader.GetGuid(0), new Position(reader.GetInt16(1), reader.GetInt16(2), reader.GetInt64(3)));
        }

        foreach (var entry in _entries)
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

        // In the order of the log the versions of an aggregate rise.
        (await CountAsync(engine,
            """
            select count(*) from (
                select version, lag(version) over (partition by grain_key order by seq) as before from journal.event) e
            where before >= version
            """)).ShouldBe(0);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource engine, string sql)
    {
        await using var command = engine.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Entry(AggregateId Id, Guid Command, CommitStatus Status, Position Position);
}
