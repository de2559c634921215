using AwoooP.Events;
using AwoooP.Operators;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>
/// Reads operators and their keys for the API. The rows belong to the reserved project of operators; an admin sees those with a role in the
/// project that is asked about, and of each no more than that role and the one for every project.
/// </summary>
public sealed class OperatorQueries
{
    internal const string KeysSql =
        """
        select k.key_id, k.operator_id, bound.roles::text, k.scope, k.issued_at, k.issued_by, k.expires_at, k.rotated_at, k.previous_until,
               k.last_used_at, k.revoked_at, k.revoked_by, k.revoked_reason
        from public.awooop_operator_key k
        cross join lateral (
            select jsonb_object_agg(b.bound_project, b.role) as roles
            from public.awooop_role_binding b
            where b.project_id = k.project_id and b.key_id = k.key_id and b.bound_project in ($2, '*')) bound
        where k.project_id = $1
          and bound.roles is not null
          and ($3 is null or k.operator_id = $3)
          and ($4 is null or (k.revoked_at is not null) = $4)
          and ($5 is null or (k.issued_at, k.key_id) < ($5, $6))
        order by k.issued_at desc, k.key_id desc
        limit $7
        """;

    // Met where and when, of the keys with a role here alone: what other projects have issued is theirs. Of the others only the order shows.
    internal const string OperatorsSql =
        """
        select o.operator_id, held.roles::text, held.first_issued_at, held.last_issued_at, held.last_used_at
        from public.awooop_operator o
        cross join lateral (
            select jsonb_object_agg(shown.bound_project, shown.role) filter (where shown.role is not null) as roles,
                   min(shown.first_issued_at) as first_issued_at, max(shown.last_issued_at) as last_issued_at, max(shown.last_used_at) as last_used_at
            from (
                select b.bound_project, min(k.issued_at) as first_issued_at, max(k.issued_at) as last_issued_at,
                       max(b.role) filter (where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) as role,
                       max(k.last_used_at) filter (where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) as last_used_at
                from public.awooop_role_binding b
                join public.awooop_operator_key k on k.project_id = b.project_id and k.key_id = b.key_id
                where b.project_id = o.project_id and b.operator_id = o.operator_id and b.bound_project in ($2, '*')
                group by b.bound_project) shown) held
        where o.project_id = $1
          and held.roles is not null
          and ($3 is null or (o.first_issued_at, o.operator_id) < (
              (select c.first_issued_at from public.awooop_operator c where c.project_id = $1 and c.operator_id = $3), $3))
        order by o.first_issued_at desc, o.operator_id desc
        limit $4
        """;

    private readonly TenantReader _reader;

    internal OperatorQueries(TenantReader reader) => _reader = reader;

    /// <summary>Keys with a role in the project, newest first.</summary>
    public Task<Page<OperatorKeyRow>> ListKeysAsync(string boundProject, OperatorKeyFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(
            IOperatorKeyGrain.Project,
            $"{boundProject} {filter}",
            page,
            Keys(IOperatorKeyGrain.Project, boundProject, filter, page),
            MapKey,
            row => new Cursor(row.IssuedAt, row.KeyId),
            cancellationToken);

    /// <summary>Operators with a key that is good for the project, those met last first.</summary>
    public Task<Page<OperatorRow>> ListAsync(string boundProject, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(
            IOperatorKeyGrain.Project,
            boundProject,
            page,
            Operators(IOperatorKeyGrain.Project, boundProject, page),
            Map,
            static row => new Cursor(default, row.OperatorId),
            cancellationToken);

    internal static NpgsqlBatchCommand Keys(string projectId, string boundProject, OperatorKeyFilter filter, PageRequest page) => new(KeysSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(boundProject),
            TenantReader.Text(filter.OperatorId),
            TenantReader.Boolean(filter.Revoked),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Operators(string projectId, string boundProject, PageRequest page) => new(OperatorsSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(boundProject),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    private static IReadOnlyDictionary<string, OperatorRole> Roles(string json) => Document.Read<IReadOnlyDictionary<string, OperatorRole>>(json)!;

    private static OperatorKeyRow MapKey(NpgsqlDataReader reader) => new()
    {
        KeyId = reader.GetString(0),
        OperatorId = reader.GetString(1),
        Roles = Roles(reader.GetString(2)),
        Scope = reader.Text(3) is { } scope ? Literal.To<KeyScope>(scope) : null,
        IssuedAt = reader.GetFieldValue<DateTimeOffset>(4),
        IssuedBy = reader.GetString(5),
        ExpiresAt = reader.Time(6),
        RotatedAt = reader.Time(7),
        PreviousUntil = reader.Time(8),
        LastUsedAt = reader.Time(9),
        RevokedAt = reader.Time(10),
        RevokedBy = reader.Text(11),
        RevokedReason = reader.Text(12),
    };

    private static OperatorRow Map(NpgsqlDataReader reader) => new()
    {
        OperatorId = reader.GetString(0),
        Roles = Roles(reader.GetString(1)),
        FirstIssuedAt = reader.GetFieldValue<DateTimeOffset>(2),
        LastIssuedAt = reader.GetFieldValue<DateTimeOffset>(3),
        LastUsedAt = reader.Time(4),
    };
}
