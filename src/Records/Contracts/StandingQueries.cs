using AwoooP.Events;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads for the API who and what contracts have put in force: <c>awooop_agent</c> and <c>awooop_policy</c>.</summary>
public sealed class StandingQueries
{
    internal const string AgentsSql =
        """
        select project_id, agent_id, contract_id, contract_version, status, description, created_at, activated_at, ended_at,
               purpose, autonomy, models::text, tools::text, limits::text
        from public.awooop_agent
        where project_id = $1
          and ($2 is null or status = $2)
          and ($3 is null or (created_at, agent_id) < ($3, $4))
        order by created_at desc, agent_id desc
        limit $5
        """;

    internal const string PoliciesSql =
        """
        select project_id, policy_id, contract_id, contract_version, status, description, created_at, activated_at, ended_at, rules::text
        from public.awooop_policy
        where project_id = $1
          and ($2 is null or status = $2)
          and ($3 is null or (created_at, policy_id) < ($3, $4))
        order by created_at desc, policy_id desc
        limit $5
        """;

    private readonly TenantReader _reader;

    internal StandingQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<AgentRow>> AgentsAsync(string projectId, StandingFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(AgentsSql, projectId, filter, page), Agent, row => new Cursor(row.CreatedAt, row.AgentId), cancellationToken);

    /// <summary>Newest first.</summary>
    public Task<Page<PolicyRow>> PoliciesAsync(string projectId, StandingFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(PoliciesSql, projectId, filter, page), Policy, row => new Cursor(row.CreatedAt, row.PolicyId), cancellationToken);

    /// <param name="sql">One of the two, which take the same.</param>
    internal static NpgsqlBatchCommand List(string sql, string projectId, StandingFilter filter, PageRequest page) => new(sql)
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

    private static AgentRow Agent(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        AgentId = reader.GetString(1),
        ContractId = reader.GetString(2),
        ContractVersion = reader.GetInt32(3),
        Status = Literal.To<Standing>(reader.GetString(4)),
        Description = reader.GetString(5),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(6),
        ActivatedAt = reader.GetFieldValue<DateTimeOffset>(7),
        EndedAt = reader.Time(8),
        Purpose = reader.GetString(9),
        Autonomy = reader.GetString(10),
        Models = reader.Json(11)!.Value,
        Tools = reader.Json(12)!.Value,
        Limits = reader.Json(13)!.Value,
    };

    private static PolicyRow Policy(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        PolicyId = reader.GetString(1),
        ContractId = reader.GetString(2),
        ContractVersion = reader.GetInt32(3),
        Status = Literal.To<Standing>(reader.GetString(4)),
        Description = reader.GetString(5),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(6),
        ActivatedAt = reader.GetFieldValue<DateTimeOffset>(7),
        EndedAt = reader.Time(8),
        Rules = reader.Json(9)!.Value,
    };
}
