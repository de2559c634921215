using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Cuts;

/// <summary>
/// Who in the journal still needs events that a cut would take: consumers that have not passed them, and open dead letters with what queues behind
/// them, whose payload the log holds. What was discarded nobody needs any more.
/// </summary>
internal sealed class CutObstacles : ICutObjection
{
    /// <summary>Dead letters that a refusal names; more are counted.</summary>
    private const int ShownLetters = 10;

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

    private const string OpenSql =
        """
        select d.consumer, d.project_id, d.id, d.generation, d.partition, d.seq, count(*) over ()
        from journal.dead_letter d join unnest($1, $2) p(partition, seq) on d.partition = p.partition and d.seq <= p.seq
        where d.kind <> 'queued' and not d.discard_requested
        order by d.consumer, d.partition, d.seq
        limit $3
        """;

    // Their turn comes by itself, unless the consumer is one that no build has any more.
    private const string QueuedSql =
        """
        select d.consumer, count(*)
        from journal.dead_letter d join unnest($1, $2) p(partition, seq) on d.partition = p.partition and d.seq <= p.seq
        where d.kind = 'queued' and not d.discard_requested and not exists (
            select from journal.dead_letter h
            where h.project_id = d.project_id and h.consumer = d.consumer and h.generation = d.generation and h.partition = d.partition
              and h.queue_type = d.queue_type and h.queue_key = d.queue_key and h.kind in ('fault', 'waiting') and not h.discard_requested)
        group by d.consumer order by d.consumer
        """;

    public async Task<string?> FindAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken)
    {
        List<string> found =
        [
            .. (await CountAsync(owner, BehindSql, plan, cancellationToken)).Select(static behind => string.Create(
                CultureInfo.InvariantCulture,
                $"Consumer {behind.Consumer} has not passed the cut in {behind.Count} partitions: positions are stored within ten minutes; a consumer that no build has any more keeps its rows in journal.cursor until they are deleted.")),
            .. await FindOpenAsync(owner, plan, cancellationToken),
            .. (await CountAsync(owner, QueuedSql, plan, cancellationToken)).Select(static queued => string.Create(
                CultureInfo.InvariantCulture,
                $"{queued.Count} events of {queued.Consumer} before the cut queue behind a dead letter that was discarded or delivered: silos deliver them within seconds; those of a consumer that no build has any more stay in journal.dead_letter until they are deleted.")),
        ];
        return found.Count == 0 ? null : string.Join('\n', found);
    }

    private static async Task<List<string>> FindOpenAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(owner, OpenSql, plan);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ShownLetters });
        var found = new List<string>();
        var total = 0L;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (project, id) = (rows.GetString(1), rows.GetGuid(2));
            var position = new Position(rows.GetInt16(3), rows.GetInt16(4), rows.GetInt64(5));
            found.Add(
                $"Consumer {rows.GetString(0)} has a dead letter before the cut, at {position}: awooop deadletters retry {id} --project {project} delivers it, "
                + $"awooop deadletters discard {id} --project {project} --reason TEXT gives it up.");
            total = rows.GetInt64(6);
        }

        if (total > found.Count)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"There are {total - found.Count} more dead letters before the cut: awooop deadletters list."));
        return found;
    }

    private static async Task<List<(string Consumer, long Count)>> CountAsync(NpgsqlConnection owner, string sql, CutPlan plan, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(owner, sql, plan);
        var found = new List<(string, long)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add((rows.GetString(0), rows.GetInt64(1)));
        return found;
    }

    private static NpgsqlCommand CommandOf(NpgsqlConnection owner, string sql, CutPlan plan)
    {
        var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. plan.Positions.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. plan.Positions.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        return command;
    }
}
