using AwoooP.Events;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>awooop_policy</c> is written.</summary>
internal static class PolicyStatements
{
    public static BulkStatement<ContractStanding> Upsert { get; } = new BulkStatement<ContractStanding>(
        """
        insert into awooop_policy (
            project_id, policy_id, contract_id, contract_version, status, description, rules, created_at, activated_at, ended_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (project_id, policy_id) do update set
            contract_version = excluded.contract_version, status = excluded.status, description = excluded.description, rules = excluded.rules,
            created_at = least(awooop_policy.created_at, excluded.created_at), activated_at = excluded.activated_at, ended_at = excluded.ended_at
        """)
        .Text(row => row.Version.ProjectId)
        .Text(row => row.Name)
        .Text(row => row.Version.ContractId)
        .Integer(row => row.Version.Version)
        .Text(row => Literal.Of(row.Status))
        .Text(row => row.Text("description"))
        .Json(row => row.Json("rules", "[]"))
        .Time(row => row.FirstActivatedAt)
        .Time(row => row.Version.ActivatedAt)
        .Time(row => row.EndedAt);
}
