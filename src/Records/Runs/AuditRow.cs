namespace AwoooP.Records;

/// <summary>One operation that a run has executed on its target, as the API answers it.</summary>
public sealed record AuditRow
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ApprovalId { get; init; }
    public required string OperationType { get; init; }
    public required string TargetResource { get; init; }
    public required string Namespace { get; init; }
    public required bool Success { get; init; }
    public required string? ErrorMessage { get; init; }
    public required string ExecutedBy { get; init; }
    public required int? ExecutionDurationMs { get; init; }

    /// <summary>False: nothing was executed.</summary>
    public required bool DryRunPassed { get; init; }

    public required string? DryRunMessage { get; init; }

    /// <summary>web, telegram or auto.</summary>
    public required string? AuthorizationChannel { get; init; }
    public required int RetryCount { get; init; }
    public required string? FailureClassification { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
