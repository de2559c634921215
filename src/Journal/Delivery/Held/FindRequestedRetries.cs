using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>What somebody, perhaps at another silo, wants delivered again in some partitions; without what is being retried already.</summary>
internal sealed class FindRequestedRetries(NpgsqlDataSource engine)
{
    private const string Sql =
        "select d.id from journal.dead_letter d where d.retry_requested_at is not null and d.partition = any($1) and d.id <> all($2) limit 100";

    public async Task<List<Guid>> ExecuteAsync(short[] partitions, Guid[] except, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = except });
        var ids = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            ids.Add(rows.GetGuid(0));
        return ids;
    }
}
