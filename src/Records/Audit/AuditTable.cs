using AwoooP.Records.Projecting;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records;

/// <summary>How <c>awooop_audit_event</c> is written, and where its chains end.</summary>
internal static class AuditTable
{
    private const string EndsSql =
        """
        select k.project_id, k.generation, k.partition, e.seq, e.chain_no, e.hash
        from unnest($1, $2, $3) as k (project_id, generation, partition)
        cross join lateral (
            select a.seq, a.chain_no, a.hash from awooop_audit_event a
            where a.project_id = k.project_id and a.generation = k.generation and a.partition = k.partition
            order by a.seq desc limit 1) e
        """;

    public static BulkStatement<AuditEntry> Insert { get; } = new BulkStatement<AuditEntry>(
        """
        insert into awooop_audit_event (
            project_id, generation, partition, seq, chain_no, at, act, actor, object_type, object_id, object_version, outcome, reason,
            command_id, causation, trace_id, data_sha256, previous_hash, hash)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        """)
        .Text(entry => entry.Chain.ProjectId)
        .Smallint(entry => (short)entry.Chain.Generation)
        .Smallint(entry => entry.Chain.Partition)
        .Bigint(entry => entry.Seq)
        .Bigint(entry => entry.ChainNo)
        .Time(entry => entry.At)
        .Text(entry => entry.Act)
        .Text(entry => entry.Actor)
        .Text(entry => entry.ObjectType)
        .Text(entry => entry.ObjectId)
        .Bigint(entry => entry.ObjectVersion)
        .Text(entry => entry.Outcome)
        .Text(entry => entry.Reason)
        .Uuid(entry => entry.CommandId)
        .Text(entry => entry.Causation)
        .Text(entry => entry.TraceId)
        .Bytes(entry => entry.DataSha256)
        .Bytes(entry => entry.PreviousHash)
        .Bytes(entry => entry.Hash);

    /// <summary>Where the chains end now; those that have no row are left out.</summary>
    public static async Task<Dictionary<AuditChain, AuditLink>> ReadEndsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<AuditChain> chains, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EndsSql, connection);
        command.AddArray(NpgsqlDbType.Text, chains.Select(chain => chain.ProjectId));
        command.AddArray(NpgsqlDbType.Smallint, chains.Select(chain => (short)chain.Generation));
        command.AddArray(NpgsqlDbType.Smallint, chains.Select(chain => chain.Partition));
        var ends = new Dictionary<AuditChain, AuditLink>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            ends.Add(
                new AuditChain(rows.GetString(0), rows.GetInt16(1), rows.GetInt16(2)),
                new AuditLink(rows.GetInt64(3), rows.GetInt64(4), rows.GetFieldValue<byte[]>(5)));
        }

        return ends;
    }
}
