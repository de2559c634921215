using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Tenants;

/// <summary>The row of one project in <c>journal.removed_project</c>, as its owner writes it.</summary>
internal sealed class RemovedProjectRow(NpgsqlConnection owner, string projectId)
{
    private const string ReadSql = "select r.deleting_since is not null, r.removed_at is not null from journal.removed_project r where r.id = $1";

    private const string InsertSql = "insert into journal.removed_project (id) values ($1) on conflict (id) do nothing";

    // Behind the fence reactions and subscriptions were refused: what could not be delivered for that is delivered again, with all that queues behind it.
    private const string AskAgain =
        """
        update journal.dead_letter d set retry_requested_at = clock_timestamp()
        where d.project_id = $1 and d.kind = 'fault' and d.retry_requested_at is null and d.held_at >=
        """;

    private const string ForgetSql =
        $"""
        with opened as (delete from journal.removed_project where id = $1 and deleting_since is null returning fenced_at),
        asked as ({AskAgain} (select o.fenced_at from opened o) returning 1)
        select o.fenced_at, (select count(*) from asked) from opened o
        """;

    private const string AskAgainSql = $"{AskAgain} $2";

    // The whole log of the project is read for it: before any row is locked, since appends of everybody's requests wait for the rows of partitions.
    private const string LastSql = "select e.partition, max(e.seq) from journal.event e where e.project_id = $1 group by e.partition";

    // Rows in one order for everybody, as whoever takes partitions locks them.
    private const string LockPartitionsSql = "select from journal.partition p where p.partition = any ($1) order by p.partition for no key update";

    // A partition whose last event leaves would begin to count from an older one, and positions that consumers have passed would be given again.
    private const string RaiseFloorsSql =
        "update journal.partition p set seq_floor = greatest(p.seq_floor, e.seq) from unnest($1, $2) e(partition, seq) where p.partition = e.partition";

    // Once: which export was the last word is settled with the step that has no way back.
    private const string BeginSql = "update journal.removed_project set deleting_since = clock_timestamp(), manifest_sha256 = $2 where id = $1 and deleting_since is null";

    private const string EndSql =
        """
        with forgotten as (update journal.log_cut set projects = array_remove(projects, $1) where $1 = any (projects))
        update journal.removed_project set removed_at = clock_timestamp() where id = $1 and removed_at is null
        """;

    // An activation of the tenant that is gone may be idle in a silo that was up then, and would take the next one's rows for its own.
    private const string ReleaseSql =
        """
        delete from journal.removed_project r
        where r.id = $1 and r.removed_at is not null
          and not exists (select from journal.silo s where s.state = 'alive' and s.started_at <= r.removed_at)
        """;

    public async Task<TenantRemovalState> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var command = Create(ReadSql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            return TenantRemovalState.None;
        if (row.GetBoolean(1))
            return TenantRemovalState.Removed;

        return row.GetBoolean(0) ? TenantRemovalState.Deleting : TenantRemovalState.Fenced;
    }

    public Task InsertAsync(CancellationToken cancellationToken) => ExecuteAsync(InsertSql, cancellationToken);

    /// <returns>Since when it stood, and how many dead letters were made meanwhile; null where it must stay.</returns>
    public async Task<(DateTimeOffset FencedAt, long Letters)?> ForgetAsync(CancellationToken cancellationToken)
    {
        await using var command = Create(ForgetSql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1)) : null;
    }

    /// <summary>Asks for the dead letters since a time to be delivered again; answers how many there were.</summary>
    public async Task<long> AskAgainAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = Create(AskAgainSql);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = since });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>In one transaction with the floors of the partitions: no event is deleted of one that could give its number again. The fence stands, so none is added.</summary>
    public async Task BeginDeletingAsync(string? manifestSha256, CancellationToken cancellationToken)
    {
        var (partitions, last) = await ReadLastAsync(cancellationToken);
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        await using (var locking = new NpgsqlCommand(LockPartitionsSql, owner))
        {
            locking.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
            await locking.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var raise = new NpgsqlCommand(RaiseFloorsSql, owner))
        {
            raise.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
            raise.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = last });
            await raise.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var begin = Create(BeginSql))
        {
            begin.Parameters.Add(new NpgsqlParameter { Value = (object?)manifestSha256 ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            await begin.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken) => ExecuteAsync(EndSql, cancellationToken);

    /// <summary>False while a silo is up that was up when the project was taken out.</summary>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken) => await ExecuteAsync(ReleaseSql, cancellationToken) > 0;

    private async Task<(short[] Partitions, long[] Last)> ReadLastAsync(CancellationToken cancellationToken)
    {
        await using var command = Create(LastSql);
        var (partitions, last) = (new List<short>(), new List<long>());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            partitions.Add(rows.GetInt16(0));
            last.Add(rows.GetInt64(1));
        }

        return ([.. partitions], [.. last]);
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Create(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Create(string sql)
    {
        var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        return command;
    }
}
