using AwoooP.Journal.Delivery.Projections;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Cuts;

/// <summary>The cut itself, in one transaction: the months go, the copies take their place, and the numbers that were given stay given.</summary>
internal static class CutStatements
{
    private const string FloorSql =
        """
        update journal.partition o set seq_floor = greatest(o.seq_floor, p.seq)
        from unnest($1, $2) p(partition, seq)
        where o.partition = p.partition
        """;

    private const string RecordSql = "insert into journal.log_cut (before, generation, events, projects) values ($1, $2, $3, $4)";

    // A partition without events in the months that go keeps the position of the cut before.
    private const string PositionSql =
        """
        insert into journal.log_cut_position as k (partition, seq)
        select p.partition, p.seq from unnest($1, $2) p(partition, seq)
        on conflict (partition) do update set seq = greatest(k.seq, excluded.seq)
        """;

    // What was given up goes with its events: the copies are made without it, and nobody will look for it any more.
    private const string RequestedSql =
        """
        delete from journal.dead_letter d using unnest($1, $2) p(partition, seq)
        where d.partition = p.partition and d.seq <= p.seq and d.discard_requested
        """;

    private const string DiscardedSql =
        "delete from journal.discarded_event g using unnest($1, $2) p(partition, seq) where g.partition = p.partition and g.seq <= p.seq";

    /// <param name="next">The schema of the copies.</param>
    public static async Task ExecuteAsync(NpgsqlConnection owner, CutPlan plan, string next, CancellationToken cancellationToken)
    {
        // First what waits for others.
        foreach (var month in plan.Months)
            await ExecuteAsync(owner, $"drop table journal.{TableName.Quote(month)}", cancellationToken);
        await ExecuteAsync(owner, FloorSql, cancellationToken, Partitions(plan), Seqs(plan));
        await ExecuteAsync(
            owner,
            RecordSql,
            cancellationToken,
            new NpgsqlParameter<DateTimeOffset> { TypedValue = plan.Before },
            new NpgsqlParameter<short> { TypedValue = PartitionMap.Generation },
            new NpgsqlParameter<long> { TypedValue = plan.Events },
            new NpgsqlParameter<string[]> { TypedValue = [.. plan.Projects], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await ExecuteAsync(owner, PositionSql, cancellationToken, Partitions(plan), Seqs(plan));
        await ExecuteAsync(owner, RequestedSql, cancellationToken, Partitions(plan), Seqs(plan));
        await ExecuteAsync(owner, DiscardedSql, cancellationToken, Partitions(plan), Seqs(plan));
        await ExecuteAsync(owner, $"drop schema if exists {TableName.Quote(LogCut.Schema)} cascade", cancellationToken);
        await ExecuteAsync(owner, $"alter schema {TableName.Quote(next)} rename to {TableName.Quote(LogCut.Schema)}", cancellationToken);
    }

    private static NpgsqlParameter Partitions(CutPlan plan) =>
        new NpgsqlParameter<short[]> { TypedValue = [.. plan.Positions.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };

    private static NpgsqlParameter Seqs(CutPlan plan) =>
        new NpgsqlParameter<long[]> { TypedValue = [.. plan.Positions.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static async Task ExecuteAsync(NpgsqlConnection owner, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
