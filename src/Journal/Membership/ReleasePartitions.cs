using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Gives partitions of a living incarnation away, once nothing of it may write them any more. It names the epochs that it found: should the
/// answer be lost and the partitions be taken up again meanwhile, a release that is still under way finds other epochs and does nothing.
/// </summary>
internal static class ReleasePartitions
{
    /// <summary>An epoch may be raised between its reading and the release; more often than that, somebody still works there.</summary>
    private const int MaxAttempts = 3;

    private const string Find =
        "select partition, epoch from journal.partition where partition = any ($1) and owner = $2 and owner_incarnation = $3";

    // Rows in one order for everybody, so that nobody waits for each other in a circle. The lock waits for the appends of intake in flight.
    private const string Release =
        """
        with released as materialized (
            select p.partition from journal.partition p
            join unnest($1, $2) as known (partition, epoch) on known.partition = p.partition and known.epoch = p.epoch
            where p.owner = $3 and p.owner_incarnation = $4
            order by p.partition
            for no key update of p
        )
        update journal.partition p set owner = null, owner_incarnation = null, epoch = p.epoch + 1
        from released r where p.partition = r.partition
        returning p.partition
        """;

    /// <returns>Those that are nobody's now. When it throws, any of them may be.</returns>
    public static async Task<IReadOnlySet<short>> ExecuteAsync(
        NpgsqlDataSource engine, string siloId, Incarnation incarnation, IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        var released = new HashSet<short>();
        for (var attempt = 0; attempt < MaxAttempts && released.Count < partitions.Count; attempt++)
        {
            var epochs = await FindAsync(engine, siloId, incarnation, [.. partitions.Except(released)], cancellationToken);
            if (epochs.Count == 0)
                break;
            released.UnionWith(await ReleaseAsync(engine, siloId, incarnation, epochs, cancellationToken));
        }

        return released;
    }

    private static async Task<Dictionary<short, long>> FindAsync(
        NpgsqlDataSource engine, string siloId, Incarnation incarnation, short[] partitions, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Find);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });
        var epochs = new Dictionary<short, long>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            epochs.Add(rows.GetInt16(0), rows.GetInt64(1));
        return epochs;
    }

    private static async Task<List<short>> ReleaseAsync(
        NpgsqlDataSource engine, string siloId, Incarnation incarnation, Dictionary<short, long> epochs, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Release);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. epochs.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. epochs.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });

        // Read to the end: rows arrive before the commit does.
        var released = new List<short>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            released.Add(rows.GetInt16(0));
        await rows.NextResultAsync(cancellationToken);
        return released;
    }
}
