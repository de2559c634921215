using AwoooP.Events;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>awooop_agent</c> for the API.</summary>
public sealed class AgentQueries
{
    internal const string ListSql =
        """
        select project_id, agent_id, contract_id, contract_version, status, description, purpose, autonomy, models::text, tools::text, limits::text,
               created_at, activated_at, ended_at
        from public.awooop_agent
        where project_id = $1
          and ($2 is null or status = $2)
          and ($3 is null or (created_at, agent_id) < ($3, $4))
        order by created_at desc, agent_id desc
        limit $5
        """;

    private readonly TenantReader _reader;

    internal AgentQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<AgentRow>> ListAsync(string projectId, StandingFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.AgentId), cancellationToken);

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

    private static AgentRow Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        AgentId = reader.GetString(1),
        ContractId = reader.GetString(2),
        ContractVersion = reader.GetInt32(3),
        Status = Literal.To<Standing>(reader.GetString(4)),
        Description = reader.GetString(5),
        Purpose = reader.GetString(6),
        Autonomy = reader.GetString(7),
        Models = reader.Json(8)!.Value,
        Tools = reader.Json(9)!.Value,
        Limits = reader.Json(10)!.Value,
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(11),
        ActivatedAt = reader.GetFieldValue<DateTimeOffset>(12),
        EndedAt = reader.Time(13),
    };
}
