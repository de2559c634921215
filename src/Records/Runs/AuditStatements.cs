using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>How <c>audit_logs</c> is written: one row an operation.</summary>
internal static class AuditStatements
{
    public const string Table = "audit_logs";

    public static BulkStatement<Operation> Insert { get; } = new BulkStatement<Operation>(
        """
        insert into audit_logs (
            project_id, id, approval_id, operation_type, target_resource, namespace, success, error_message, executed_by,
            execution_duration_ms, authorization_channel, retry_count, failure_classification, created_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """)
        .Text(row => row.Event.ProjectId)
        .Text(row => row.Event.Recorded.RowId(Table).ToString())
        .Text(row => row.Plan.ApprovalId.ToString())
        .Text(row => Verb(row), 50)
        .Text(row => row.Plan.Target, 200)
        .Text(row => row.Plan.Namespace, 63)
        .Boolean(row => row.Step.Status == StepStatus.Succeeded)
        .Text(row => row.Step.Status == StepStatus.Succeeded ? null : row.Step.ErrorCode ?? Literal.Of(row.Step.Status))
        .Text(row => row.Event.Recorded.Actor, 100)
        .Integer(row => (int)Math.Min(int.MaxValue, row.Step.DurationMs))
        .Text(row => row.Plan.ApprovalLevel == ApprovalLevel.Auto ? "auto" : null, 20)
        .Integer(row => Math.Max(0, row.Step.Attempt - 1))
        .Text(row => row.Step.Status == StepStatus.TimedOut ? "TIMEOUT" : null, 50)
        .Time(row => row.Event.At);

    /// <summary>RESTART of <c>restart:checkout</c>; what undoes it is a ROLLBACK_RESTART.</summary>
    private static string Verb(Operation operation)
    {
        var pattern = operation.Plan.ActionPattern;
        var end = pattern.IndexOf(':', StringComparison.Ordinal);
        var verb = string.Concat((end < 0 ? pattern : pattern[..end]).Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
        return operation.Step.Phase == StepPhase.Rollback ? $"ROLLBACK_{verb}" : verb;
    }
}
