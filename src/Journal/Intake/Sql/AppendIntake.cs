using AwoooP.Journal.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Intake.Sql;

/// <summary>
/// Writes a group of requests in one round trip and one transaction, behind the silo's fence. The rows of the partitions are held in share
/// mode, so that an append and a change of owner exclude each other; under an older epoch nothing is written, and nothing of a project that was taken out.
/// </summary>
internal sealed class AppendIntake(NpgsqlDataSource appends, IPartitionOwnership ownership)
{
    private const string Sql =
        """
        with removed as materialized (
            select r.id from journal.removed_project r where r.id = any($12)
        ), owned as materialized (
            select p.partition
            from journal.partition p
            where p.partition = any($1) and p.epoch = ($2::bigint[])[array_position($1, p.partition)]
            order by p.partition
            for share
        )
        insert into journal.intake (slot, partition, seq, items, received_at, project_id, kind, trace_id, payload)
        select $3, i.partition, i.seq, i.items, i.received_at, i.project_id, i.kind, i.trace_id, i.payload
        from unnest($4::smallint[], $5::bigint[], $6::integer[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::bytea[])
            i(partition, seq, items, received_at, project_id, kind, trace_id, payload)
        where i.partition in (select o.partition from owned o) and i.project_id not in (select r.id from removed r)
        """;

    /// <returns>
    /// The projects that were taken out, of which nothing was written; null when a partition is owned by another silo by now: then not all of the rest was.
    /// </returns>
    public async Task<IReadOnlySet<string>?> ExecuteAsync(List<AppendRequest> requests, short slot, CancellationToken cancellationToken)
    {
        var partitions = requests.Select(request => request.Partition).Distinct().ToList();
        var count = requests.Count;
        var partition = new short[count];
        var seq = new long[count];
        var items = new int[count];
        var receivedAt = new DateTime[count];
        var projectId = new string[count];
        var kind = new string[count];
        var traceId = new string?[count];
        var payload = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
        {
            var request = requests[i];
            partition[i] = request.Partition.Partition;
            seq[i] = request.Seq;
            items[i] = request.Entry.Items;
            receivedAt[i] = request.ReceivedAt.UtcDateTime;
            projectId[i] = request.Entry.ProjectId;
            kind[i] = request.Entry.Kind;
            traceId[i] = request.Entry.TraceId;
            payload[i] = request.Entry.Payload;
        }

        await using var batch = appends.CreateBatch();
        batch.BatchCommands.Add(ownership.CreateFenceCommand());
        string[] projects = [.. projectId.Distinct(StringComparer.Ordinal)];
        var find = new NpgsqlBatchCommand(FindRemovedProjects.Sql);
        find.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = projects });
        batch.BatchCommands.Add(find);
        var append = new NpgsqlBatchCommand(Sql);
        append.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. partitions.Select(owned => owned.Partition)] });
        append.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. partitions.Select(owned => owned.Epoch)] });
        append.Parameters.Add(new NpgsqlParameter<short> { TypedValue = slot });
        append.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partition });
        append.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = seq });
        append.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = items });
        append.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = receivedAt, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        append.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = projectId });
        append.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = kind });
        append.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = traceId, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        append.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = payload, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        append.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = projects });
        batch.BatchCommands.Add(append);

        var removed = new HashSet<string>(StringComparer.Ordinal);
        await using (var rows = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await rows.NextResultAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                removed.Add(rows.GetString(0));

            // To the server's word that the transaction has ended: rows arrive before it.
            await rows.NextResultAsync(cancellationToken);
        }

        // The cancel may have ended only the wait for synchronous standbys: the server says then that it has committed.
        cancellationToken.ThrowIfCancellationRequested();
        return append.Rows == (ulong)requests.Count(request => !removed.Contains(request.Entry.ProjectId)) ? removed : null;
    }
}
