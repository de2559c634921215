using AwoooP.Events;
using AwoooP.Operators;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>awooop_operator_key</c> are read and written in bulk.</summary>
internal static class OperatorKeyTable
{
    private const string Read =
        """
        select k.project_id, k.key_id, k.operator_id, k.default_project, k.scope, k.issued_at, k.issued_by, k.expires_at, k.rotated_at,
               k.previous_until, k.last_used_at, k.revoked_at, k.revoked_by, k.revoked_reason
        from unnest($1, $2) as wanted (project_id, key_id)
        join awooop_operator_key k on k.project_id = wanted.project_id and k.key_id = wanted.key_id
        """;

    private const string Upsert =
        """
        insert into awooop_operator_key (
            project_id, key_id, operator_id, default_project, scope, issued_at, issued_by, expires_at, rotated_at, previous_until, last_used_at,
            revoked_at, revoked_by, revoked_reason)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (project_id, key_id) do update set
            rotated_at = excluded.rotated_at, previous_until = excluded.previous_until, last_used_at = excluded.last_used_at,
            revoked_at = excluded.revoked_at, revoked_by = excluded.revoked_by, revoked_reason = excluded.revoked_reason
        """;

    public static FoldedTable<OperatorKeyRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<OperatorKeyRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Text(row => row.Key.LocalKey)
            .Text(row => row.OperatorId, 100)
            .Text(row => row.DefaultProject, 64)
            .Text(row => row.Scope is { } scope ? Literal.Of(scope) : null)
            .Time(row => row.IssuedAt)
            .Text(row => row.IssuedBy, 100)
            .Time(row => row.ExpiresAt)
            .Time(row => row.RotatedAt)
            .Time(row => row.PreviousUntil)
            .Time(row => row.LastUsedAt)
            .Time(row => row.RevokedAt)
            .Text(row => row.RevokedBy, 100)
            .Text(row => row.RevokedReason));

    private static OperatorKeyRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        OperatorId = reader.GetString(2),
        DefaultProject = reader.GetString(3),
        Scope = reader.Text(4) is { } scope ? Literal.To<KeyScope>(scope) : null,
        IssuedAt = reader.GetFieldValue<DateTimeOffset>(5),
        IssuedBy = reader.GetString(6),
        ExpiresAt = reader.Time(7),
        RotatedAt = reader.Time(8),
        PreviousUntil = reader.Time(9),
        LastUsedAt = reader.Time(10),
        RevokedAt = reader.Time(11),
        RevokedBy = reader.Text(12),
        RevokedReason = reader.Text(13),
    };
}
