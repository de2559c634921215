using AwoooP.Events;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>awooop_policy</c> for the API.</summary>
public sealed class PolicyQueries
{
    internal const string ListSql =
        """
        select project_id, policy_id, contract_id, contract_version, status, description, rules::text, created_at, activated_at, ended_at
        from public.awooop_policy
        where project_id = $1
          and ($2 is null or status = $2)
          and ($3 is null or (created_at, policy_id) < ($3, $4))
        order by created_at desc, policy_id desc
        limit $5
        """;

    private readonly TenantReader _reader;

    internal PolicyQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<PolicyRow>> ListAsync(string projectId, StandingFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.PolicyId), cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, StandingFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal(filter.Status),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    private static PolicyRow Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        PolicyId = reader.GetString(1),
        ContractId = reader.GetString(2),
        ContractVersion = reader.GetInt32(3),
        Status = Literal.To<Standing>(reader.GetString(4)),
        Description = reader.GetString(5),
        Rules = reader.Json(6)!.Value,
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(7),
        ActivatedAt = reader.GetFieldValue<DateTimeOffset>(8),
        EndedAt = reader.Time(9),
    };
}
