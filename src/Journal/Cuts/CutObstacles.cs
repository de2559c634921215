using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Cuts;

/// <summary>Who in the journal still needs events that a cut would take: consumers that have not passed them, and dead letters, whose payload the log holds.</summary>
internal sealed class CutObstacles : ICutObjection
{
    // Positions of intake streams are those of another log.
    private const string BehindSql =
        """
        select c.consumer, count(*)
        from (select distinct k.consumer from journal.cursor k where k.consumer not like 'intake:%') c
        cross join unnest($1, $2) p(partition, seq)
        left join journal.cursor s on s.consumer = c.consumer and s.partition = p.partition
        where coalesce(s.seq, 0) < p.seq
        group by c.consumer order by c.consumer
        """;

    private const string HeldSql =
        """
        select d.consumer, count(*)
        from journal.dead_letter d join unnest($1, $2) p(partition, seq) on d.partition = p.partition and d.seq <= p.seq
        group by d.consumer order by d.consumer
        """;

    public async Task<string?> FindAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken)
    {
        List<string> found =
        [
            .. (await CountAsync(owner, BehindSql, plan, cancellationToken)).Select(static behind => string.Create(
                CultureInfo.InvariantCulture,
                $"Consumer {behind.Consumer} has not passed the cut in {behind.Count} partitions: positions are stored within ten minutes; a consumer that no build has any more keeps its rows in journal.cursor until they are deleted.")),
            .. (await CountAsync(owner, HeldSql, plan, cancellationToken)).Select(static held => string.Create(
                CultureInfo.InvariantCulture, $"{held.Count} dead letters of {held.Consumer} lie before the cut: retry or discard them.")),
        ];
        return found.Count == 0 ? null : string.Join('\n', found);
    }

    private static async Task<List<(string Consumer, long Count)>> CountAsync(NpgsqlConnection owner, string sql, CutPlan plan, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. plan.Positions.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. plan.Positions.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        var found = new List<(string, long)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add((rows.GetString(0), rows.GetInt64(1)));
        return found;
    }
}
