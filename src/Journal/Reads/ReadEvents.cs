using System.Runtime.CompilerServices;
using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Reads;

/// <summary>The events of one aggregate, a page at a time so that no connection is held while the caller works.</summary>
internal static class ReadEvents
{
    private const int PageSize = 256;

    internal const string Sql =
        $"""
        select {EventRows.Columns} from journal.event e
        where e.project_id = $1 and e.grain_type = $2 and e.grain_key = $3 and e.version > $4
        order by e.version limit $5
        """;

    public static async IAsyncEnumerable<RecordedEvent> ExecuteAsync(
        NpgsqlDataSource engine, AggregateId id, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await ReadPageAsync(engine, id, afterVersion, cancellationToken);
            foreach (var recorded in page)
                yield return recorded;
            if (page.Count < PageSize)
                yield break;

            afterVersion = page[^1].Version;
        }
    }

    private static async Task<List<RecordedEvent>> ReadPageAsync(NpgsqlDataSource engine, AggregateId id, long afterVersion, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = engine.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.ProjectId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.Type });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.Key });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterVersion });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
            var page = new List<RecordedEvent>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                page.Add(EventRows.Read(reader));
            return page;
        }
        catch (Exception error) when (SqlFaults.IsOutage(error))
        {
            throw new JournalUnavailableException("The events cannot be read.", error);
        }
    }
}
