using AwoooP.Events;
using AwoooP.Operators;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>awooop_operator</c> and <c>awooop_role_binding</c> are written.</summary>
internal static class OperatorStatements
{
    /// <summary>
    /// An operator's keys are aggregates of their own, in partitions of their own: the earliest and the latest of them are the same in whatever
    /// order they come, and however often. In order, so that two projections cannot wait for each other.
    /// </summary>
    public static BulkStatement<DecodedEvent> Meet { get; } = new BulkStatement<DecodedEvent>(
        """
        insert into awooop_operator (project_id, operator_id, first_issued_at, last_issued_at)
        select project_id, operator_id, min(at), max(at)
        from unnest($1, $2, $3) as issued (project_id, operator_id, at)
        group by project_id, operator_id
        order by project_id, operator_id
        on conflict (project_id, operator_id) do update set
            first_issued_at = least(awooop_operator.first_issued_at, excluded.first_issued_at),
            last_issued_at = greatest(awooop_operator.last_issued_at, excluded.last_issued_at)
        """)
        .Text(next => next.ProjectId)
        .Text(next => ((OperatorKeyIssued)next.Data).OperatorId, 100)
        .Time(next => next.At);

    public static BulkStatement<RoleBinding> Bind { get; } = new BulkStatement<RoleBinding>(
        """
        insert into awooop_role_binding (project_id, key_id, operator_id, bound_project, role, bound_at)
        select * from unnest($1, $2, $3, $4, $5::public.operator_role[], $6)
        on conflict (project_id, key_id, bound_project) do nothing
        """)
        .Text(binding => binding.Issued.ProjectId)
        .Text(binding => binding.Issued.LocalKey)
        .Text(binding => ((OperatorKeyIssued)binding.Issued.Data).OperatorId, 100)
        .Text(binding => binding.Project, 64)
        .Text(binding => Literal.Of(binding.Role))
        .Time(binding => binding.Issued.At);
}

/// <summary>One role of a key.</summary>
internal sealed record RoleBinding(DecodedEvent Issued, string Project, OperatorRole Role);
