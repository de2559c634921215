using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>audit_logs</c> is written: one row an operation that was executed, or held back by its dry run.</summary>
internal static class AuditStatements
{
    public const string Table = "audit_logs";

    public static BulkStatement<Operation> Insert { get; } = new BulkStatement<Operation>(
        """
        insert into audit_logs (
            project_id, id, approval_id, operation_type, target_resource, namespace, success, error_message, executed_by,
            execution_duration_ms, dry_run_passed, dry_run_message, authorization_channel, retry_count, failure_classification, created_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """)
        .Text(row => row.Event.ProjectId)
        .Text(row => Operation.RowIdOf(row.Event))
        .Text(row => row.Plan.ApprovalId.ToString())
        .Text(row => Verb(row), 50)
        .Text(row => row.Plan.Target, 200)
        .Text(row => row.Plan.Namespace, 63)
        .Boolean(row => row.Succeeded)
        .Text(row => row.Error)
        .Text(row => row.Run.Outcome?.ApprovedBy ?? row.Event.Recorded.Actor, 100)
        .Integer(row => row.DurationMs is { } duration ? (int)Math.Min(int.MaxValue, duration) : null)
        .Boolean(row => row.DryRunPassed)
        .Text(row => row.DryRunMessage)
        .Text(row => row.Run.Outcome?.AuthorizationChannel, 20)
        .Integer(row => Math.Max(0, row.Attempt - 1))
        .Text(row => row.FailureClass, 50)
        .Time(row => row.Event.At);

    /// <summary>RESTART of <c>restart:checkout</c>; what undoes it is a ROLLBACK_RESTART.</summary>
    private static string Verb(Operation operation)
    {
        var pattern = operation.Plan.ActionPattern;
        var end = pattern.IndexOf(':', StringComparison.Ordinal);
        var verb = string.Concat((end < 0 ? pattern : pattern[..end])
            .Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
        return operation.IsRollback ? $"ROLLBACK_{verb}" : verb;
    }
}
