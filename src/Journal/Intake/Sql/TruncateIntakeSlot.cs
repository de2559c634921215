using Npgsql;

namespace AwoooP.Journal.Intake.Sql;

/// <summary>Empties a slot if everything in it has been worked off, whoever owns the partitions.</summary>
internal sealed class TruncateIntakeSlot(NpgsqlDataSource engine)
{
    // One descent of the index a partition. Kinds share a partition's numbers: the slowest one counts,
    // and a kind that was never consumed has no cursor, so its records stay.
    private static readonly string[] OpenSql = [.. Enumerable.Range(0, IntakeSlots.Count).Select(slot =>
        $"""
        select exists (select from journal.intake_{slot}), exists (
            select
            from journal.partition p
            cross join lateral (
                select i.seq, i.received_at from journal.intake_{slot} i where i.partition = p.partition order by i.seq desc limit 1) h
            where h.received_at > clock_timestamp() - $1
               or h.seq > (select coalesce(min(coalesce(c.seq, 0)), 0)
                           from unnest($2::text[]) k(consumer)
                           left join journal.cursor c on c.consumer = k.consumer and c.partition = p.partition))
        """)];

    // A reader that is behind waits for the lock no longer than this; the next pass tries again.
    private static readonly string[] LockSql = [.. Enumerable.Range(0, IntakeSlots.Count).Select(slot =>
        $"set local lock_timeout = '200ms'; lock table journal.intake_{slot} in access exclusive mode")];

    private static readonly string[] TruncateSql = [.. Enumerable.Range(0, IntakeSlots.Count).Select(slot => $"truncate table journal.intake_{slot}")];

    /// <summary>True when the slot held something and was emptied.</summary>
    /// <param name="keep">How long a record stays after it was accepted, at least.</param>
    public async Task<bool> ExecuteAsync(short slot, TimeSpan keep, string[] kinds, CancellationToken cancellationToken)
    {
        await using var connection = await engine.OpenConnectionAsync(cancellationToken);

        // Without the lock first: most passes find nothing to do.
        if (!await MayTruncateAsync(connection, slot, keep, kinds, cancellationToken))
            return false;

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var locking = new NpgsqlCommand(LockSql[slot], connection, transaction))
            await locking.ExecuteNonQueryAsync(cancellationToken);
        if (!await MayTruncateAsync(connection, slot, keep, kinds, cancellationToken))
            return false;
        await using (var truncate = new NpgsqlCommand(TruncateSql[slot], connection, transaction))
            await truncate.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> MayTruncateAsync(NpgsqlConnection connection, short slot, TimeSpan keep, string[] kinds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(OpenSql[slot], connection);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = keep });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. kinds.Select(StoreIntakeCursors.Consumer)] });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return rows.GetBoolean(0) && !rows.GetBoolean(1);
    }
}
