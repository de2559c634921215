using AwoooP.Events;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>awooop_agent</c> is written.</summary>
internal static class AgentStatements
{
    public static BulkStatement<ContractStanding> Upsert { get; } = new BulkStatement<ContractStanding>(
        """
        insert into awooop_agent (
            project_id, agent_id, contract_id, contract_version, status, description, purpose, autonomy, models, tools, limits, created_at, activated_at,
            ended_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (project_id, agent_id) do update set
            contract_version = excluded.contract_version, status = excluded.status, description = excluded.description, purpose = excluded.purpose,
            autonomy = excluded.autonomy, models = excluded.models, tools = excluded.tools, limits = excluded.limits,
            created_at = least(awooop_agent.created_at, excluded.created_at), activated_at = excluded.activated_at, ended_at = excluded.ended_at
        """)
        .Text(row => row.Version.ProjectId)
        .Text(row => row.Name)
        .Text(row => row.Version.ContractId)
        .Integer(row => row.Version.Version)
        .Text(row => Literal.Of(row.Status))
        .Text(row => row.Text("description"))
        .Text(row => row.Text("purpose"), 64)
        .Text(row => row.Text("autonomy"), 2)
        .Json(row => row.Json("models", "[]"))
        .Json(row => row.Json("tools", "[]"))
        .Json(row => row.Json("limits", "{}"))
        .Time(row => row.FirstActivatedAt)
        .Time(row => row.Version.ActivatedAt)
        .Time(row => row.EndedAt);
}
